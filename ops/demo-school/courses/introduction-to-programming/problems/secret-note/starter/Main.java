import java.util.Scanner;

public class Main {
    static char move(char letter, int k) {
        // Write your code here: return the letter k places further on.
        return letter;
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int k = Integer.parseInt(in.nextLine().trim());
        String note = in.nextLine();

        StringBuilder result = new StringBuilder();
        for (char character : note.toCharArray()) {
            result.append(move(character, k));
        }
        System.out.println(result);
    }
}
