package io.visionops.support;

/** Whole numbers of a configuration. */
public final class NumberText {

    private NumberText() {}

    /**
     * The number that a key is set to.
     *
     * @param most 9999 at most
     * @throws IllegalArgumentException with one line for the admin when it is none, or out of
     *     bounds
     */
    public static int read(String key, String text, int least, int most) {
        String digits = text.strip();
        if (digits.matches("\\d{1,4}")) {
            int number = Integer.parseInt(digits);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new IllegalArgumentException(
                key + " = " + text + " is refused: must be from " + least + " to " + most);
    }
}
