import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        String phrase = in.nextLine();

        StringBuilder letters = new StringBuilder();
        for (char sign : phrase.toCharArray()) {
            if (Character.isLetter(sign)) {
                letters.append(Character.toLowerCase(sign));
            }
        }

        String forwards = letters.toString();
        String backwards = letters.reverse().toString();
        System.out.println(forwards.equals(backwards) ? "mirror" : "no mirror");
    }
}
