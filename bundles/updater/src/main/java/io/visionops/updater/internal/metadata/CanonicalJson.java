package io.visionops.updater.internal.metadata;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The one form of a value, which is what is signed: names sorted by their UTF-16 units, no white
 * space, whole numbers, and in text nothing escaped but the quotation mark and the backslash.
 */
public final class CanonicalJson {

    private CanonicalJson() {}

    /**
     * What is signed.
     *
     * @param value maps with names as keys, lists, text without control characters, {@link Long}
     *     and {@link Boolean}
     */
    public static byte[] bytes(Object value) {
        StringBuilder out = new StringBuilder();
        append(out, value);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void append(StringBuilder out, Object value) {
        if (value instanceof Map<?, ?> map) {
            appendObject(out, map);
        } else if (value instanceof List<?> list) {
            appendList(out, list);
        } else if (value instanceof String text) {
            appendText(out, text);
        } else if (value instanceof Long || value instanceof Boolean) {
            out.append(value);
        } else {
            throw new IllegalArgumentException("no canonical form: " + value.getClass());
        }
    }

    private static void appendObject(StringBuilder out, Map<?, ?> map) {
        TreeMap<String, Object> sorted = new TreeMap<>();
        map.forEach((name, value) -> sorted.put((String) name, value));
        char separator = '{';
        for (Map.Entry<String, Object> one : sorted.entrySet()) {
            out.append(separator);
            appendText(out, one.getKey());
            out.append(':');
            append(out, one.getValue());
            separator = ',';
        }
        out.append(sorted.isEmpty() ? "{}" : "}");
    }

    private static void appendList(StringBuilder out, List<?> list) {
        char separator = '[';
        for (Object one : list) {
            out.append(separator);
            append(out, one);
            separator = ',';
        }
        out.append(list.isEmpty() ? "[]" : "]");
    }

    private static void appendText(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                throw new IllegalArgumentException("a control character in text");
            }
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            out.append(c);
        }
        out.append('"');
    }
}
