import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int coins = in.nextInt();
        int price = in.nextInt();

        System.out.println(coins / price);
        System.out.println(coins % price);
    }
}
