import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        String first = in.nextLine();
        String second = in.nextLine();
        String third = in.nextLine();

        System.out.println("1. " + third);
        System.out.println("2. " + second);
        System.out.println("3. " + first);
    }
}
