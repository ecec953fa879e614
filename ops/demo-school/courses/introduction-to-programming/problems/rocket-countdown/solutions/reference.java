import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int start = in.nextInt();
        int step = in.nextInt();

        for (int number = start; number > 0; number -= step) {
            System.out.println(number);
        }
        System.out.println("Lift-off!");
    }
}
