package io.visionops.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionPolicyTest {

    @Test
    void theDefaultsAreWhatIsDocumented() {
        RetentionPolicy.Read read = RetentionPolicy.DEFAULT.with(FakeFramework.config(Map.of()));

        assertThat(read.refusals()).isEmpty();
        assertThat(read.kept())
                .isEqualTo(
                        new RetentionPolicy(
                                Duration.ofDays(365),
                                Duration.ofDays(2),
                                Duration.ofDays(14),
                                Map.of("", Duration.ofDays(365))));
    }

    @Test
    void aDurationIsWrittenWithItsUnit() {
        RetentionPolicy.Read read =
                RetentionPolicy.DEFAULT.with(
                        FakeFramework.config(Map.of("tracks_retention", " 7 D")));

        assertThat(read.refusals()).isEmpty();
        assertThat(read.kept().tracks()).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void kindsOfRecordsMayBeKeptForAnotherTime() {
        RetentionPolicy.Read read =
                RetentionPolicy.DEFAULT.with(
                        FakeFramework.config(
                                Map.of("records_retention", "90d, health 7d ,audit 3650d")));

        assertThat(read.refusals()).isEmpty();
        assertThat(read.kept().ofKind("health")).isEqualTo(Duration.ofDays(7));
        assertThat(read.kept().ofKind("audit")).isEqualTo(Duration.ofDays(3650));
        assertThat(read.kept().ofKind("weather")).isEqualTo(Duration.ofDays(90));
    }

    @Test
    void ofKindsOfRecordsOneWrongTimeLeavesAllAsTheyWere() {
        RetentionPolicy.Read read =
                RetentionPolicy.DEFAULT.with(
                        FakeFramework.config(Map.of("records_retention", "90d, health soon")));

        assertThat(read.refusals())
                .singleElement()
                .asString()
                .startsWith("records.retention = soon is refused: allowed is ");
        assertThat(read.kept().ofKind("weather")).isEqualTo(Duration.ofDays(365));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "forever", "1ms", "59s", "0d"})
    void aWrongValueIsNamedWithWhatIsAllowedAndTheLastGoodStays(String wrong) {
        RetentionPolicy good =
                RetentionPolicy.DEFAULT
                        .with(FakeFramework.config(Map.of("events_retention", "30d")))
                        .kept();

        RetentionPolicy.Read read =
                good.with(
                        FakeFramework.config(
                                Map.of("events_retention", wrong, "tracks_retention", "3d")));

        assertThat(read.refusals())
                .singleElement()
                .asString()
                .startsWith("events.retention = ")
                .contains("is refused: allowed is ");
        assertThat(read.kept().events()).isEqualTo(Duration.ofDays(30));
        assertThat(read.kept().tracks()).isEqualTo(Duration.ofDays(3));
    }
}
