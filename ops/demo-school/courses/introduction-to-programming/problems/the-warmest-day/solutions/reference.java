import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int n = in.nextInt();
        int[] temperatures = new int[n];
        for (int i = 0; i < n; i++) {
            temperatures[i] = in.nextInt();
        }

        int best = 0;
        for (int i = 1; i < n; i++) {
            if (temperatures[i] > temperatures[best]) {
                best = i;
            }
        }
        System.out.println(temperatures[best] + " " + (best + 1));
    }
}
