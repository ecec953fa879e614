import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        long number = in.nextLong();

        int steps = 0;
        long highest = number;
        while (number != 1) {
            if (number % 2 == 0) {
                number = number / 2;
            } else {
                number = 3 * number + 1;
            }
            steps++;
            highest = Math.max(highest, number);
        }
        System.out.println(steps);
        System.out.println(highest);
    }
}
