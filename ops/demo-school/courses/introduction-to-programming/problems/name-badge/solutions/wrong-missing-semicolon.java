import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        String name = in.nextLine()
        String club = in.nextLine();

        System.out.println("Hello, " + name + "!");
        System.out.println("Welcome to the " + club + " club.");
    }
}
