package io.visionops.backup.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");
    private static final Path DATA = Path.of("/data");

    @Test
    void theFirstBackupIsMadeSoonAfterTheStart() {
        assertThat(schedule("UTC").next(Optional.empty(), Optional.empty()))
                .hasValue(START.plus(Schedule.AFTER_START));
    }

    @Test
    void theNextIsMadeAtTheTimeOfDayOfItsZoneAndTheJitterLater() {
        assertThat(schedule("Europe/Berlin").next(Optional.of(START), Optional.empty()))
                .hasValue(Instant.parse("2026-06-02T00:20:00Z"));
    }

    @Test
    void whatWasMissedIsMadeUpForAfterTheStart() {
        Instant lastWeek = START.minus(Duration.ofDays(7));

        assertThat(schedule("UTC").next(Optional.of(lastWeek), Optional.empty()))
                .hasValue(START.plus(Schedule.AFTER_START));
    }

    @Test
    void whatFailedIsTriedAgainAfterAnHour() {
        Instant failed = START.plus(Duration.ofHours(3));

        assertThat(schedule("UTC").next(Optional.empty(), Optional.of(failed)))
                .hasValue(failed.plus(Duration.ofHours(1)));
    }

    @Test
    void withoutATimeOfDayNoneIsMade() {
        Schedule off = new Schedule(Optional.empty(), Duration.ZERO, ZoneId.of("UTC"), START);

        assertThat(off.next(Optional.empty(), Optional.empty())).isEmpty();
    }

    @Test
    void theDefaultsAreWhatTheDocumentationSays() {
        assertThat(BackupSettings.read(config(Map.of()), DATA))
                .isEqualTo(BackupSettings.defaults(DATA));
        assertThat(BackupSettings.defaults(DATA).target()).isEqualTo(Path.of("/data/backups"));
        assertThat(BackupSettings.defaults(DATA).daily()).hasValue(LocalTime.of(2, 15));
    }

    @Test
    void aWrongValueIsNamedWithWhatIsAllowed() {
        Map.of("daily", "noon", "jitter", "3h", "keep_daily", "0", "keep_weekly", "x")
                .forEach(
                        (key, value) ->
                                assertThatThrownBy(
                                                () ->
                                                        BackupSettings.read(
                                                                config(Map.of(key, value)), DATA))
                                        .isInstanceOf(IllegalArgumentException.class)
                                        .hasMessageContaining(key.replace('_', '.') + " = " + value)
                                        .hasMessageContaining("must be"));
        assertThatThrownBy(() -> BackupSettings.read(config(Map.of("target", " ")), DATA))
                .hasMessageContaining("target is refused");
    }

    private static Schedule schedule(String zone) {
        return new Schedule(
                Optional.of(LocalTime.of(2, 15)), Duration.ofMinutes(5), ZoneId.of(zone), START);
    }

    /** The defaults of the annotation, but for these. */
    private static BackupConfig config(Map<String, String> values) {
        return (BackupConfig)
                java.lang.reflect.Proxy.newProxyInstance(
                        BackupConfig.class.getClassLoader(),
                        new Class<?>[] {BackupConfig.class},
                        (proxy, method, arguments) ->
                                values.getOrDefault(
                                        method.getName(), (String) method.getDefaultValue()));
    }
}
