package io.visionops.store.internal.integrity;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Where a pass over all rows stands, so that the next program goes on there.
 *
 * @param table that is read; empty before the first one
 * @param after key of the last row that was read; empty at its start
 */
record PassPosition(String table, List<Object> after) {

    static final PassPosition START = new PassPosition("", List.of());

    PassPosition {
        after = List.copyOf(after);
    }

    /** One line. */
    String text() {
        StringBuilder text = new StringBuilder(table);
        for (Object value : after) {
            text.append('/');
            if (value instanceof byte[] bytes) {
                text.append('b').append(HexFormat.of().formatHex(bytes));
            } else if (value instanceof Number number) {
                text.append('i').append(number.longValue());
            } else {
                byte[] utf8 = value.toString().getBytes(StandardCharsets.UTF_8);
                text.append('t').append(HexFormat.of().formatHex(utf8));
            }
        }
        return text.toString();
    }

    /** The start where a text cannot be understood. */
    static PassPosition parse(String text) {
        try {
            String[] parts = text.split("/");
            List<Object> after = new ArrayList<>();
            for (int i = 1; i < parts.length; i++) {
                after.add(value(parts[i].charAt(0), parts[i].substring(1)));
            }
            return new PassPosition(parts[0], after);
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            return START;
        }
    }

    private static Object value(char type, String text) {
        return switch (type) {
            case 'i' -> Long.parseLong(text);
            case 'b' -> HexFormat.of().parseHex(text);
            case 't' -> new String(HexFormat.of().parseHex(text), StandardCharsets.UTF_8);
            default -> throw new IllegalArgumentException("no key: " + text);
        };
    }
}
