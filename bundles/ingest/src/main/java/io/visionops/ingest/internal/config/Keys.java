package io.visionops.ingest.internal.config;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The keys of one camera configuration, taken one by one; what is left over is unknown. */
final class Keys {

    /** In the order in which they are documented. */
    private static final List<String> KNOWN =
            List.of(
                    "url",
                    "fallback.urls",
                    "enabled",
                    "pace",
                    "loop",
                    "file.start",
                    "transport",
                    "detector",
                    "detect.fps",
                    "detect.width",
                    "objects",
                    "min.score",
                    "line.NAME",
                    "zone.NAME",
                    "zone.NAME.loitering.s",
                    "zone.NAME.max.occupancy",
                    "mask",
                    "priority",
                    "reconnect.initial",
                    "reconnect.max",
                    "reconnect.retries",
                    "reconnect.probe",
                    "picture.freeze",
                    "picture.dark",
                    "picture.blur",
                    "picture.moved");

    /** What config admin, fileinstall and Karaf add of their own. */
    private static final List<String> FOREIGN =
            List.of("service.", "felix.fileinstall.", "org.apache.karaf.", "component.", ":org.");

    private final TreeMap<String, String> left = new TreeMap<>();

    /**
     * @throws Refused when a value is not text that can be read, or names a secret that is not
     *     there
     */
    Keys(Map<String, ?> raw, Secrets secrets) throws InvalidSetting {
        for (Map.Entry<String, ?> one : new TreeMap<>(raw).entrySet()) {
            if (FOREIGN.stream().noneMatch(one.getKey()::startsWith)) {
                left.put(one.getKey(), text(one.getKey(), one.getValue(), secrets));
            }
        }
    }

    private static String text(String key, Object value, Secrets secrets) throws InvalidSetting {
        String separator = key.equals("mask") ? ";" : ",";
        String text;
        if (value instanceof Object[] several) {
            text = join(List.of(several), separator);
        } else if (value instanceof Collection<?> several) {
            text = join(several, separator);
        } else if (value instanceof CharSequence
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Character) {
            text = value.toString().strip();
        } else {
            throw new InvalidSetting(
                    key + ": a value of type " + value.getClass().getSimpleName() + ": write text");
        }
        return secrets.resolve(key, text);
    }

    private static String join(Collection<?> several, String separator) {
        return String.join(separator, several.stream().map(one -> one.toString().strip()).toList());
    }

    Optional<String> take(String key) {
        return Optional.ofNullable(left.remove(key));
    }

    /** The rest of each key that begins with {@code prefix}, with its value; all are taken. */
    Map<String, String> takeAll(String prefix) {
        Map<String, String> found = new TreeMap<>();
        left.entrySet()
                .removeIf(
                        one -> {
                            boolean ours =
                                    one.getKey().startsWith(prefix)
                                            && one.getKey().length() > prefix.length();
                            if (ours) {
                                found.put(one.getKey().substring(prefix.length()), one.getValue());
                            }
                            return ours;
                        });
        return found;
    }

    /**
     * @throws Refused when a key was not taken
     */
    void end() throws InvalidSetting {
        if (!left.isEmpty()) {
            throw unknown(left.firstKey());
        }
    }

    /** Says which keys, two at most, were probably meant. */
    static InvalidSetting unknown(String key) {
        Map<Integer, List<String>> byDistance =
                KNOWN.stream()
                        .filter(known -> distance(key, known) <= Math.max(2, known.length() / 3))
                        .collect(
                                Collectors.groupingBy(
                                        known -> distance(key, known),
                                        TreeMap::new,
                                        Collectors.toList()));
        String near =
                byDistance.values().stream()
                        .findFirst()
                        .map(
                                nearest ->
                                        nearest.stream()
                                                .limit(2)
                                                .collect(Collectors.joining(" or ")))
                        .orElse("");
        return new InvalidSetting(
                InvalidSetting.shown(key)
                        + ": unknown key; "
                        + (near.isEmpty() ? "" : "did you mean " + near + "? ")
                        + "etc/camera.example has all keys");
    }

    /** The key with its second word, where the known key has NAME, called so too. */
    private static String wild(String key, String known) {
        if (!known.contains(".NAME")) {
            return key;
        }
        String[] words = key.split("\\.", -1);
        if (words.length > 1) {
            words[1] = "NAME";
        }
        return String.join(".", words);
    }

    /** Edits that make a known key of a key, case ignored (Levenshtein). */
    private static int distance(String key, String known) {
        String a = wild(key, known).toLowerCase(Locale.ROOT);
        String b = known.toLowerCase(Locale.ROOT);
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
