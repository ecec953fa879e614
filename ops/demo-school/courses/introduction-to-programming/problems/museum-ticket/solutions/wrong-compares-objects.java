import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int age = in.nextInt();
        String day = in.next();

        int price;
        if (age < 6) {
            price = 0;
        } else if (age < 18) {
            price = 4;
        } else if (age < 65) {
            price = 9;
        } else {
            price = 5;
        }

        if (day == "Sunday" && price > 0) {
            price = price - 2;
        }
        System.out.println(price);
    }
}
