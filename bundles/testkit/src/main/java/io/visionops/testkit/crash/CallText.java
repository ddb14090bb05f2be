package io.visionops.testkit.crash;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the arguments of a call as {@code strace -xx} writes them. */
final class CallText {

    private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"(\\.\\.\\.)?");

    private CallText() {}

    /** The texts among them, in their order. */
    static List<byte[]> texts(String arguments) {
        List<byte[]> texts = new ArrayList<>();
        Matcher text = TEXT.matcher(arguments);
        while (text.find()) {
            if (text.group(2) != null) {
                throw new IllegalStateException("strace has cut a text");
            }
            texts.add(hex(text.group(1)));
        }
        return texts;
    }

    /** All of them, one after another. */
    static byte[] bytes(String arguments) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        texts(arguments).forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static byte[] hex(String escaped) {
        byte[] bytes = new byte[escaped.length() / 4];
        for (int i = 0; i < bytes.length; i++) {
            int high = Character.digit(escaped.charAt(4 * i + 2), 16);
            bytes[i] = (byte) (high << 4 | Character.digit(escaped.charAt(4 * i + 3), 16));
        }
        return bytes;
    }

    /**
     * @param which from the first, or from the last, which is -1
     */
    static int number(String arguments, int which) {
        String[] words = arguments.replaceAll("\"[^\"]*\"", "").split(",", -1);
        String word = words[which < 0 ? words.length + which : which].strip();
        return word.matches("-?\\d{1,9}") ? Integer.parseInt(word) : Integer.MIN_VALUE;
    }
}
