import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        String phrase = in.nextLine();

        // Write your code here: keep the letters, compare, and print the answer.
    }
}
