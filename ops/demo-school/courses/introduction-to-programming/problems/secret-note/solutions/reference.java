import java.util.Scanner;

public class Main {
    static char move(char letter, int k) {
        char first;
        if (letter >= 'a' && letter <= 'z') {
            first = 'a';
        } else if (letter >= 'A' && letter <= 'Z') {
            first = 'A';
        } else {
            return letter;
        }
        int place = Math.floorMod(letter - first + k, 26);
        return (char) (first + place);
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
