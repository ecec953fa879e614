import java.util.Locale;
import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT);
        Scanner in = new Scanner(System.in);
        int celsius = in.nextInt();

        // Write your code here: print the temperature in Fahrenheit with one decimal.
    }
}
