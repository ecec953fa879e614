import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        long n = in.nextLong();

        long low = 0;
        long high = 2_000_000_000L;
        while (low < high) {
            long middle = (low + high + 1) / 2;
            if (middle * (middle + 1) / 2 <= n) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        System.out.println(low + " " + (n - low * (low + 1) / 2));
    }
}
