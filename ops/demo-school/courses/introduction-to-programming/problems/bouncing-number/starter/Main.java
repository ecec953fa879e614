import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        long number = in.nextLong();

        // Write your code here: let the number bounce, then print the steps and the height.
    }
}
