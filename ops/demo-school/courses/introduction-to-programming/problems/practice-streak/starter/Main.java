import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int n = in.nextInt();
        int g = in.nextInt();
        int[] minutes = new int[n];
        for (int i = 0; i < n; i++) {
            minutes[i] = in.nextInt();
        }

        // Write your code here: find the longest streak and print its length.
    }
}
