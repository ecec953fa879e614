import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int coins = in.nextInt();
        int price = in.nextInt();

        // Write your code here: print the number of rolls, then the coins that are left.
    }
}
