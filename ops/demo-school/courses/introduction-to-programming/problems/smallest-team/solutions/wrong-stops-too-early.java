import java.util.Scanner;

public class Main {
    static long smallestTeam(long n) {
        for (long size = 2; size * size < n; size++) {
            if (n % size == 0) {
                return size;
            }
        }
        return n;
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        System.out.println(smallestTeam(in.nextLong()));
    }
}
