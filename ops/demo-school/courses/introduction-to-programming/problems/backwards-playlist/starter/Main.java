import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        String first = in.nextLine();
        String second = in.nextLine();
        String third = in.nextLine();

        // Write your code here: print the three songs in the opposite order.
    }
}
