package io.visionops.support.network;

/** Makes what a device says fit for a line: no control characters, no length without end. */
public final class Words {

    private static final int LENGTH = 80;

    private Words() {}

    public static String line(String said) {
        String plain =
                said.replaceAll("[\\p{Cntrl}\\p{Cf}\\u0080-\\u009f\\u2028\\u2029\\s]+", " ")
                        .strip();
        if (plain.length() <= LENGTH) {
            return plain;
        }
        // Not through the middle of a character of two halves.
        int end = Character.isHighSurrogate(plain.charAt(LENGTH - 1)) ? LENGTH - 1 : LENGTH;
        return plain.substring(0, end) + "...";
    }
}
