import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int n = in.nextInt();
        int g = in.nextInt();

        int longest = 0;
        int streak = 0;
        for (int i = 0; i < n; i++) {
            int today = in.nextInt();
            streak = today >= g ? streak + 1 : 0;
            longest = Math.max(longest, streak);
        }
        System.out.println(longest);
    }
}
