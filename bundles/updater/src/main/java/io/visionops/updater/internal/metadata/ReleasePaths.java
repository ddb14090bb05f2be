package io.visionops.updater.internal.metadata;

import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which paths a release may have: none leaves its folder, and no two meet on any disk. */
public final class ReleasePaths {

    public static final int MOST_FILES = 5000;

    private static final int LONGEST = 300;

    private ReleasePaths() {}

    /** Why they are refused; empty when they are not. */
    public static Optional<String> refusal(Collection<String> paths) {
        if (paths.size() > MOST_FILES) {
            return Optional.of("more than " + MOST_FILES + " files");
        }
        Map<String, String> spellings = new HashMap<>();
        Set<String> files = new HashSet<>();
        for (String path : paths) {
            Optional<String> wrong = refusal(path);
            if (wrong.isPresent()) {
                return wrong;
            }
            files.add(folded(path));
        }
        for (String path : paths) {
            if (meets(path, spellings, files)) {
                return Optional.of("two paths that are one on some disks");
            }
        }
        return files.size() < paths.size()
                ? Optional.of("two paths that differ only in their case")
                : Optional.empty();
    }

    /** Why this one is refused. */
    public static Optional<String> refusal(String path) {
        if (path.length() > LONGEST) {
            return Optional.of("a path of more than " + LONGEST + " characters");
        }
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '\\' || c == ':' || Character.isISOControl(c) || isUnseen(c)) {
                return Optional.of("a path with a character that is not allowed");
            }
        }
        for (String part : List.of(path.split("/", -1))) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                return Optional.of("a path that is not relative, or with . or .. in it");
            }
            if (part.endsWith(".") || part.endsWith(" ") || part.startsWith(" ")) {
                return Optional.of("a path with a part that begins or ends with a space or dot");
            }
        }
        return Optional.empty();
    }

    /** Marks that turn or hide what follows. */
    private static boolean isUnseen(char c) {
        return Character.getType(c) == Character.FORMAT
                || Character.getType(c) == Character.LINE_SEPARATOR
                || Character.getType(c) == Character.PARAGRAPH_SEPARATOR;
    }

    /** Whether a folder of it is a file as well, or is written in another way elsewhere. */
    private static boolean meets(String path, Map<String, String> spellings, Set<String> files) {
        for (int at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
            String folder = path.substring(0, at);
            String folded = folded(folder);
            String before = spellings.putIfAbsent(folded, folder);
            if (files.contains(folded) || (before != null && !before.equals(folder))) {
                return true;
            }
        }
        return false;
    }

    private static String folded(String path) {
        return Normalizer.normalize(path, Normalizer.Form.NFC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }
}
