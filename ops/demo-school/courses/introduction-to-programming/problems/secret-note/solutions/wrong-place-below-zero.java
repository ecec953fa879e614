import java.util.Scanner;

public class Main {
    static char move(char letter, int k) {
        String small = "abcdefghijklmnopqrstuvwxyz";
        String large = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        if (small.indexOf(letter) >= 0) {
            return small.charAt((small.indexOf(letter) + k) % 26);
        }
        if (large.indexOf(letter) >= 0) {
            return large.charAt((large.indexOf(letter) + k) % 26);
        }
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
