package io.visionops.updater.internal.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {

    @Test
    void namesAreSortedAndNothingIsBetweenThem() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("b", List.of(1L, true, "x"));
        value.put("a", Map.of("z", Map.of(), "y", List.of()));
        value.put("B", "\u00fc");

        assertThat(text(value))
                .isEqualTo("{\"B\":\"\u00fc\",\"a\":{\"y\":[],\"z\":{}},\"b\":[1,true,\"x\"]}");
    }

    @Test
    void quotationMarksAndBackslashesAloneAreEscaped() {
        assertThat(text("a\"b\\c/d")).isEqualTo("\"a\\\"b\\\\c/d\"");
    }

    @Test
    void whatHasNoFormIsABug() {
        assertThatThrownBy(() -> CanonicalJson.bytes(1.5))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CanonicalJson.bytes("a\nb"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsReadIsWhatWasWritten() throws Exception {
        Map<String, Object> value =
                Map.of("n", StrictJson.MOST, "t", "a\"\\\ud83d\ude00", "l", List.of(false, 0L));

        assertThat(new StrictJson().read("it", CanonicalJson.bytes(value), 1000)).isEqualTo(value);
    }

    private static String text(Object value) {
        return new String(CanonicalJson.bytes(value), StandardCharsets.UTF_8);
    }
}
