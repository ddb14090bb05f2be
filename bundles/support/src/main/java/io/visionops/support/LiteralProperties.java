package io.visionops.support;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Properties as people write them: UTF-8, one {@code key = value} a line, {@code #} before a
 * comment. Nothing is an escape and no line is continued, so that a password with {@code \} or
 * <code>${</code> is what it looks like. A byte order mark is passed over.
 *
 * @param values the last one of each key, in the order of the file
 * @param lines in which each key is given, from 1
 */
public record LiteralProperties(Map<String, String> values, Map<String, List<Integer>> lines) {

    private static final char BYTE_ORDER_MARK = '\ufeff';

    /** The key ends where Java's own properties end it: at {@code =}, {@code :} or a space. */
    private static final Pattern ENTRY =
            Pattern.compile("(?<key>[^=:\\s]+)(?:\\s*[=:]\\s*|\\s+|$)(?<value>.*)");

    public static LiteralProperties parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, List<Integer>> lines = new LinkedHashMap<>();
        int number = 0;
        for (String line : withoutMark(text).split("\r\n|\r|\n", -1)) {
            number++;
            String entry = line.strip();
            if (entry.isEmpty() || entry.startsWith("#") || entry.startsWith("!")) {
                continue;
            }
            Matcher parts = ENTRY.matcher(entry);
            String key = parts.matches() ? parts.group("key") : entry;
            values.put(key, parts.matches() ? parts.group("value") : "");
            lines.computeIfAbsent(key, unused -> new ArrayList<>()).add(number);
        }
        return new LiteralProperties(values, lines);
    }

    /**
     * The text of a file.
     *
     * @throws CharacterCodingException when it is not UTF-8
     */
    public static String decode(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }

    public static String withoutMark(String text) {
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    /**
     * One line that is read back as this key and value.
     *
     * @throws IllegalArgumentException when no line can hold them
     */
    public static String line(String key, String value) {
        String line = key + " = " + value.strip();
        LiteralProperties read = parse(line);
        if (!read.values().equals(Map.of(key, value.strip()))) {
            throw new IllegalArgumentException(key + ": must be one line");
        }
        return line;
    }
}
