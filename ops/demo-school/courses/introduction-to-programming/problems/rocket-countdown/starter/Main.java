import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int start = in.nextInt();
        int step = in.nextInt();

        // Write your code here: count down, then print the last line.
    }
}
