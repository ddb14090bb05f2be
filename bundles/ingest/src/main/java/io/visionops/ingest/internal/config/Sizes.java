package io.visionops.ingest.internal.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as they are written: {@code 800kB}, {@code 500MB}, {@code 2GB}; thousands, not 1024s. */
final class Sizes {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(kB|MB|GB)");

    private Sizes() {}

    /** Returns bytes. */
    static long parse(String key, String text, long least, long most) throws InvalidSetting {
        Matcher parts = FORM.matcher(text.strip());
        if (!parts.matches()) {
            throw InvalidSetting.value(key, text, "must be a size such as 800kB, 500MB, 2GB");
        }
        long unit =
                switch (parts.group(2)) {
                    case "kB" -> 1_000L;
                    case "MB" -> 1_000_000L;
                    default -> 1_000_000_000L;
                };
        long bytes = Long.parseLong(parts.group(1)) * unit;
        if (bytes < least || bytes > most) {
            throw InvalidSetting.value(key, text, "must be " + show(least) + ".." + show(most));
        }
        return bytes;
    }

    private static String show(long bytes) {
        return bytes % 1_000_000_000 == 0 ? bytes / 1_000_000_000 + "GB" : bytes / 1_000_000 + "MB";
    }
}
