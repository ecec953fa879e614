import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        String letters = in.nextLine().toLowerCase().replaceAll("[^a-z]", "");

        int left = 0;
        int right = letters.length() - 1;
        boolean same = true;
        do {
            if (letters.charAt(left) != letters.charAt(right)) {
                same = false;
            }
            left++;
            right--;
        } while (left < right);
        System.out.println(same ? "mirror" : "no mirror");
    }
}
