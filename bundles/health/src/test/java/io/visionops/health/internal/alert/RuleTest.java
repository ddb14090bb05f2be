package io.visionops.health.internal.alert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleTest {

    @ParameterizedTest
    @CsvSource({
        "visionops.store.open, visionops.store.open, true",
        "visionops.store.open, visionops.store.opened, false",
        "visionops.*.open, visionops.store.open, true",
        "visionops.*.open, visionops.open, false",
        "visionops.*.open, visionops..open, true",
        "visionops.*, visionops.store.open, false",
        "visionops.*.*, visionops.store.open, true",
        "visionops.*.*, visionops.store, false",
        "*.store.open, visionops.store.open, true",
        "visionops.s*.open, visionops.store.open, false",
        "visionops.*.open, visionops.store.open.more, false",
        "*, visionops, true",
        "*, '', true",
    })
    void aStarStandsForOneWordOfTheName(String pattern, String check, boolean matches) {
        assertThat(new Rule.OfCheck(pattern, false).matches(check)).isEqualTo(matches);
    }
}
