package io.visionops.inference.internal.head;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassNamesTest {

    @Test
    void namesAreThoseThatTheExporterNoted() {
        assertThat(ClassNames.of(2, Map.of("names", "{1: \"crate\", 0: 'cat'}")))
                .hasValueSatisfying(names -> assertThat(names).containsExactly("cat", "crate"));
    }

    @Test
    void eightyWithoutNamesAreThoseOfCoco() {
        assertThat(ClassNames.of(80, Map.of())).contains(CocoLabels.NAMES);
        assertThat(ClassNames.of(79, Map.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{0: 'cat'}",
                "{0: 'cat', 0: 'crate'}",
                "{0: 'cat', 2: 'crate'}",
                "{0: 'cat', 1: ' '}",
                "{0: 'cat', 1: 'crate', 2: 'dog'}",
                "{0: 'cat', 100000000000000000000: 'crate'}"
            })
    void namesThatAreNotOneForEachClassAreNone(String note) {
        assertThat(ClassNames.of(2, Map.of("names", note))).isEmpty();
    }

    @Test
    void aModelHasOneToAThousandClasses() {
        assertThat(ClassNames.plausible(0)).isEmpty();
        assertThat(ClassNames.plausible(1)).contains(1);
        assertThat(ClassNames.plausible(1000)).contains(1000);
        assertThat(ClassNames.plausible(1001)).isEmpty();
        assertThat(ClassNames.plausible((1L << 32) + 80)).isEmpty();
    }
}
