package io.visionops.support.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.api.journal.Fact;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HandoverJsonTest {

    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

    private final ObjectMapper json = HandoverJson.mapper();

    /** What a part leaves. */
    record Left(List<Fact> facts) {}

    @Test
    void everyKindOfFactHasANameOfItsOwn() {
        JsonSubTypes.Type[] named =
                json.findMixInClassFor(Fact.class).getAnnotation(JsonSubTypes.class).value();

        assertThat(Arrays.stream(named).map(JsonSubTypes.Type::value))
                .containsExactlyInAnyOrderElementsOf(records(Fact.class).toList());
        assertThat(Arrays.stream(named).map(JsonSubTypes.Type::name)).doesNotHaveDuplicates();
    }

    /** All that a sealed type may be. */
    private static Stream<Class<?>> records(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(HandoverJsonTest::records)
                : Stream.of(type);
    }

    @Test
    void factsAreReadAsTheyWereWrittenAndTimesCanBeReadByPeople() throws Exception {
        Left left =
                new Left(
                        List.of(
                                new Fact.Expected("front", T, true),
                                new Fact.Watched("front", T, Duration.ofMillis(1_500))));

        String text = json.writeValueAsString(left);

        assertThat(text).contains("2026-01-01T00:00:00Z").contains("PT1.5S");
        assertThat(json.readValue(text, Left.class)).isEqualTo(left);
    }

    @Test
    void whatANewerVersionSaysMoreIsPassedOver() throws Exception {
        String text = "{\"facts\": [], \"more\": 1}";

        assertThat(json.readValue(text, Left.class)).isEqualTo(new Left(List.of()));
    }

    @Test
    void theVersionOfAWholeDocumentIsToldWhateverItsForm() throws Exception {
        assertThat(version("{\"left\": {\"of\": [1, \"two\"]}, \"version\": 7} \n")).isEqualTo(7);
    }

    @Test
    void whatIsNoWholeDocumentOrNamesNoVersionHasNone() {
        for (String text :
                List.of(
                        "",
                        "null",
                        "[]",
                        "{}",
                        "{\"version\":0}",
                        "{\"version\":\"7\"}",
                        "{\"version\":7.5}",
                        "{\"version\":7",
                        "{\"version\":7}{",
                        "{\"version\":7}\0")) {
            assertThatIOException().as(text).isThrownBy(() -> version(text));
        }
    }

    private int version(String text) throws IOException {
        return HandoverJson.version(json, text.getBytes(StandardCharsets.UTF_8));
    }
}
