import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int a = in.nextInt();
        int b = in.nextInt();
        int c = in.nextInt();

        if ((b < a && a < c) || (c < a && a < b)) {
            System.out.println(a);
        }
        if ((a < b && b < c) || (c < b && b < a)) {
            System.out.println(b);
        }
        if ((a < c && c < b) || (b < c && c < a)) {
            System.out.println(c);
        }
    }
}
