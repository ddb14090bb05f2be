package io.visionops.health.internal.alert;

/**
 * What is wrong with a line of the file.
 *
 * @param line from 1; 0 for the file as a whole
 */
record RuleError(int line, String words) {

    private static final int LONGEST = 400;

    /** One line for a person. */
    @Override
    public String toString() {
        String text = words.replaceAll("\\p{Cntrl}+", " ");
        String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
        return line == 0 ? cut : "line " + line + ": " + cut;
    }
}
