package io.visionops.inference.internal.head;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many classes a model tells apart, and what they are called. */
final class ClassNames {

    private static final int MOST = 1000;

    /** Possessive, and from the beginning of a number: a model's file may be anybody's. */
    private static final Pattern NAME =
            Pattern.compile("(?<!\\d)(\\d++)\\s*+:\\s*+(?:'([^']*+)'|\"([^\"]*+)\")");

    private ClassNames() {}

    /** So many classes, where a model may have that many. */
    static Optional<Integer> plausible(long count) {
        return count >= 1 && count <= MOST ? Optional.of((int) count) : Optional.empty();
    }

    /**
     * From the exporter's note ({@code {0: 'person', ...}}), else COCO's where there are 80.
     *
     * @return empty when nobody has named so many classes
     */
    static Optional<List<String>> of(int classes, Map<String, String> notes) {
        String[] names = new String[classes];
        int count = 0;
        Matcher matcher = NAME.matcher(notes.getOrDefault("names", ""));
        while (matcher.find()) {
            count++;
            String index = matcher.group(1);
            if (index.length() < 5 && Integer.parseInt(index) < classes) {
                String name = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
                names[Integer.parseInt(index)] = name;
            }
        }
        if (count == classes
                && Arrays.stream(names).noneMatch(name -> name == null || name.isBlank())) {
            return Optional.of(List.of(names));
        }
        return classes == CocoLabels.NAMES.size()
                ? Optional.of(CocoLabels.NAMES)
                : Optional.empty();
    }
}
