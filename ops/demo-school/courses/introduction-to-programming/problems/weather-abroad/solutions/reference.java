import java.util.Locale;
import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int celsius = in.nextInt();
        double fahrenheit = celsius * 9.0 / 5.0 + 32.0;

        System.out.println(String.format(Locale.ROOT, "%.1f", fahrenheit));
    }
}
