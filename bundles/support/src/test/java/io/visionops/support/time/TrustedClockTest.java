package io.visionops.support.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedClockTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration YEAR = Duration.ofDays(365);

    @TempDir Path folder;
    private Path file;
    private ManualClock clock = new ManualClock(NOON);
    private TrustedClock trusted;

    @BeforeEach
    void start() {
        file = folder.resolve("retention.clock");
        trusted = boot(NOON);
    }

    /** A life that begins when the wall clock says so. */
    private TrustedClock boot(Instant wall) {
        clock = new ManualClock(wall);
        return new TrustedClock(file, clock, clock, Optional::empty);
    }

    /** Looks every hour. */
    private Instant after(Duration time) {
        Instant now = trusted.now();
        for (long hour = 0; hour < time.toHours(); hour++) {
            clock.advance(Duration.ofHours(1));
            now = trusted.now();
        }
        return now;
    }

    @Test
    void itGoesWithAClockThatIsRightOrDriftsALittle() {
        for (int i = 0; i < 100; i++) {
            clock.advance(Duration.ofHours(1));
            clock.jump(Duration.ofSeconds(i % 2 == 0 ? 30 : -20));
            assertThat(trusted.now()).isEqualTo(clock.instant());
        }
        assertThat(trusted.trouble()).isEmpty();
    }

    @Test
    void aLeapAheadIsNotBelievedUntilItWasHeld() {
        trusted.now();
        clock.jump(YEAR);

        assertThat(after(Duration.ofDays(29))).isEqualTo(NOON.plus(Duration.ofDays(29)));
        assertThat(trusted.trouble().orElseThrow())
                .contains("365d ahead", "believed in", "set right");

        assertThat(after(Duration.ofDays(1))).isEqualTo(clock.instant());
        assertThat(trusted.trouble()).isEmpty();
    }

    @Test
    void aMachineThatBootsAYearAheadAndIsSetRightLosesNoDay() {
        after(Duration.ofHours(5));
        trusted = boot(clock.instant().plus(YEAR));
        assertThat(trusted.now()).isEqualTo(NOON.plus(Duration.ofHours(5)));
        clock.advance(Duration.ofMinutes(10));

        clock.jump(YEAR.negated());

        assertThat(trusted.now()).isEqualTo(clock.instant());
        assertThat(trusted.trouble()).isEmpty();
    }

    @Test
    void aNightWithoutPowerIsBelievedAfterAnHourOrTwo() {
        after(Duration.ofHours(5));
        trusted = boot(clock.instant().plus(Duration.ofHours(14)));

        assertThat(after(Duration.ofHours(1))).isEqualTo(NOON.plus(Duration.ofHours(6)));
        assertThat(after(Duration.ofHours(1))).isEqualTo(clock.instant());
    }

    @Test
    void aLeapIsHeldFromLifeToLife() {
        trusted.now();
        clock.jump(YEAR);
        for (int day = 0; day < 31; day++) {
            after(Duration.ofHours(23));
            trusted = boot(clock.instant().plus(Duration.ofMinutes(4)));
        }

        after(Duration.ofDays(1));
        assertThat(trusted.now()).isEqualTo(clock.instant());
    }

    @Test
    void aLeapThatLeapsAgainBeginsAnew() {
        trusted.now();
        for (int i = 0; i < 5; i++) {
            clock.jump(YEAR);
            after(Duration.ofDays(20));
        }

        assertThat(trusted.now()).isEqualTo(NOON.plus(Duration.ofDays(100)));
    }

    @Test
    void aClockThatIsBehindRemovesLessAndIsFollowedWhenItStaysThere() {
        trusted.now();
        clock.jump(YEAR.negated());

        assertThat(trusted.now()).isEqualTo(clock.instant());
        after(Duration.ofDays(1));
        clock.jump(YEAR);
        assertThat(trusted.now()).as("set right").isEqualTo(clock.instant());

        clock.jump(YEAR.negated());
        after(Duration.ofDays(31));
        clock.jump(YEAR);
        assertThat(trusted.now()).isEqualTo(clock.instant().minus(YEAR));
    }

    @Test
    void whereNothingIsKnownTheNewestEntryTells() throws IOException {
        ManualClock ahead = new ManualClock(NOON.plus(YEAR));

        TrustedClock fresh =
                new TrustedClock(folder.resolve("other"), ahead, ahead, () -> Optional.of(NOON));

        assertThat(fresh.now()).isEqualTo(NOON);

        Files.writeString(file, "trusted=x");
        assertThat(boot(NOON).now()).isEqualTo(NOON);
    }

    @Test
    void aFolderThatCannotBeWrittenCostsNothingButTheMemory() throws IOException {
        Files.createDirectory(file);
        clock.advance(Duration.ofHours(1));

        assertThat(trusted.now()).isEqualTo(clock.instant());
    }
}
