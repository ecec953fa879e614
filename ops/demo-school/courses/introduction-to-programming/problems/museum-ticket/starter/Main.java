import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int age = in.nextInt();
        String day = in.next();
        boolean isSunday = day.equals("Sunday");

        // Write your code here: work out the price and print it.
    }
}
