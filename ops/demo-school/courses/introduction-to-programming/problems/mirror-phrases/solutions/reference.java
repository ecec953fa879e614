import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        String phrase = in.nextLine();

        StringBuilder letters = new StringBuilder();
        for (char character : phrase.toCharArray()) {
            if (Character.isLetter(character)) {
                letters.append(Character.toLowerCase(character));
            }
        }

        String forwards = letters.toString();
        String backwards = letters.reverse().toString();
        System.out.println(forwards.equals(backwards) ? "mirror" : "no mirror");
    }
}
