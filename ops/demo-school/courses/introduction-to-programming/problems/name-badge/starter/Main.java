import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        String name = in.nextLine();
        String club = in.nextLine();

        // Write your code here: print the two lines of the badge.
    }
}
