import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        long n = in.nextLong();

        // Write your code here: find the full rows and the singers on the balcony.
    }
}
