package io.visionops.updater.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.visionops.api.subject.Actor;
import io.visionops.api.update.UpdateResult;
import io.visionops.support.meter.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UpdateReadingsTest {

    private static UpdateResult result(Optional<Duration> downtime) {
        return new UpdateResult(
                Instant.EPOCH,
                1,
                2,
                "1.0.1",
                1,
                "installed",
                "",
                Duration.ofMinutes(2),
                downtime,
                Actor.schedule("daily"));
    }

    @Test
    void theGapIsThatOfTheLastUpdateOfWhichItIsKnown() {
        List<UpdateResult> history =
                List.of(
                        result(Optional.empty()),
                        result(Optional.of(Duration.ofMillis(1_500))),
                        result(Optional.of(Duration.ofSeconds(9))));

        assertThat(UpdateReadings.of(7, history))
                .extracting(Reading::name, Reading::unit, Reading::value)
                .containsExactly(
                        tuple("visionops.update.release", "", 7.0),
                        tuple("visionops.update.gap", "seconds", 1.5));
    }

    @Test
    void beforeTheFirstUpdateThereIsNoGap() {
        assertThat(UpdateReadings.of(0, List.of()))
                .extracting(Reading::name)
                .containsExactly("visionops.update.release");
    }
}
