package io.visionops.ingest.internal.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.Source;
import io.visionops.api.journal.Fact;
import io.visionops.api.journal.Fact.Sight;
import io.visionops.ingest.internal.config.DecoderSettings;
import io.visionops.testkit.ManualClock;
import io.visionops.testkit.RecordingJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LiveCoverageTest {

    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final Source SOURCE =
            new Source("rtsp://h/", List.of(), Source.Pace.NATIVE, false, Source.Transport.TCP);

    private final ManualClock clock = new ManualClock(T);
    private final RecordingJournal journal = new RecordingJournal();
    private CoverageTracker account;

    @BeforeEach
    void stream() {
        CameraJournal chronicle = new CameraJournal(clock, clock, new Random(1));
        chronicle.use(journal);
        account =
                LiveCoverage.of(
                        new DecoderSettings("front", SOURCE, 5, 640), chronicle, clock, clock);
        state(CameraState.STREAMING, Optional.empty());
        frames(100);
    }

    @ParameterizedTest
    @EnumSource(names = {"FROZEN", "BLACK", "MOVED"})
    void aPictureThatShowsNothingIsBlindFromWhenThatBegan(Cause cause) {
        account.pictureWrong(clock.nanos() - Duration.ofSeconds(42).toNanos());
        state(CameraState.DEGRADED, Optional.of(new Fault(cause, "")));
        frames(10);
        account.close();

        assertThat(seconds(Sight.BLIND)).isEqualTo(52);
        assertThat(blind().get(0).from()).isEqualTo(T.plusSeconds(58));
    }

    @Test
    void aPictureWhoseFaultBeganAtAnUnknownTimeIsBlindFromTheVerdictOn() {
        state(CameraState.DEGRADED, Optional.of(new Fault(Cause.FROZEN, "")));
        frames(10);
        account.close();

        assertThat(seconds(Sight.BLIND)).isEqualTo(10);
    }

    @Test
    void aFaultOfTheStreamBeganWhenItIsTold() {
        account.pictureWrong(clock.nanos() - Duration.ofSeconds(42).toNanos());
        state(CameraState.BACKOFF, Optional.of(new Fault(Cause.END_OF_STREAM, "")));
        clock.advance(Duration.ofSeconds(5));
        account.close();

        assertThat(seconds(Sight.BLIND)).isEqualTo(5);
    }

    private void state(CameraState state, Optional<Fault> fault) {
        account.state(state, fault, clock.instant(), clock.nanos());
    }

    private void frames(int seconds) {
        for (int i = 0; i < seconds * 5; i++) {
            clock.advance(Duration.ofMillis(200));
            account.tick();
            account.frame(clock.instant(), clock.nanos());
        }
    }

    private long seconds(Sight sight) {
        return journal.facts(Fact.Account.class).stream()
                .filter(one -> one.sight() == sight)
                .mapToLong(one -> one.length().toSeconds())
                .sum();
    }

    private List<Fact.Account> blind() {
        return journal.facts(Fact.Account.class).stream()
                .filter(one -> one.sight() == Sight.BLIND)
                .toList();
    }
}
