import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        long n = in.nextLong();

        int low = 0;
        int high = 1_500_000_000;
        while (low < high) {
            int middle = low + (high - low + 1) / 2;
            if (middle * (middle + 1) / 2 <= n) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        System.out.println(low + " " + (n - low * (low + 1) / 2));
    }
}
