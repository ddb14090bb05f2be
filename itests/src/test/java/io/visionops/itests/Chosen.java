package io.visionops.itests;

import java.util.Arrays;
import java.util.List;

/** Which of its cases a bench is to try. */
final class Chosen {

    private Chosen() {}

    /** Those whose names the property has, with commas between them; all without it. */
    static <E extends Enum<E>> List<E> of(Class<E> cases, String property) {
        String names = System.getProperty(property, "");
        return names.isEmpty()
                ? List.of(cases.getEnumConstants())
                : Arrays.stream(names.split(",")).map(name -> Enum.valueOf(cases, name)).toList();
    }
}
