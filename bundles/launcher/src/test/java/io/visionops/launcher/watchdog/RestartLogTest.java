package io.visionops.launcher.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.launcher.watchdog.Restart.What;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartLogTest {

    private static final Boot NOW = new Boot("boot", Duration.ofHours(5));

    @TempDir Path folder;

    @Test
    void whatWasAppendedIsRead() throws IOException {
        RestartLog log = new RestartLog(folder.resolve("watchdog/restarts.jsonl"));

        Restart first = log.append(What.STARTED, "", -1, Duration.ZERO);
        Restart second = log.append(What.CRASHED, "said \"no\"\n", 3, Duration.ofMillis(1234));

        assertThat(log.entries())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("time")
                .containsExactly(first, second);
    }

    @Test
    void aLineThatAPowerCutToreCostsNoOther() throws IOException {
        Path file = folder.resolve("restarts.jsonl");
        RestartLog log = new RestartLog(file);
        log.append(What.STARTED, "", -1, Duration.ZERO);
        Files.writeString(file, "{\"id\":\"0", StandardOpenOption.APPEND);

        log.append(What.CRASHED, "x", 1, Duration.ZERO);

        assertThat(log.entries())
                .extracting(Restart::what)
                .containsExactly(What.STARTED, What.CRASHED);
    }

    @Test
    void crashesOfThisHourAndThisBootCountUntilSomebodyStopsIt() {
        Restart old = entry(What.CRASHED, "boot", Duration.ofHours(3));
        Restart other = entry(What.CRASHED, "other", Duration.ofMinutes(299));
        Restart hung = entry(What.HUNG, "boot", Duration.ofMinutes(250));
        Restart planned = entry(What.PLANNED, "boot", Duration.ofMinutes(260));
        Restart crash = entry(What.CRASHED, "boot", Duration.ofMinutes(299));
        Restart stop = entry(What.STOPPED, "boot", Duration.ofMinutes(299));

        assertThat(RestartLog.crashes(List.of(old, other, hung, planned, crash), NOW)).isEqualTo(2);
        assertThat(RestartLog.crashes(List.of(hung, stop, crash), NOW)).isEqualTo(1);
        assertThat(RestartLog.crashes(List.of(hung, crash, stop), NOW)).isZero();
    }

    @Test
    void aCrashOfAReleaseThatWasGoneBackFromDoesNotCount() {
        Restart crash = entry(What.CRASHED, "boot", Duration.ofMinutes(280));
        Restart ofTheRelease = entry(What.HUNG, "boot", Duration.ofMinutes(290));
        Restart back = entry(What.GONE_BACK, "boot", Duration.ofMinutes(290));

        assertThat(RestartLog.crashes(List.of(crash, ofTheRelease, back), NOW)).isEqualTo(1);
        assertThat(RestartLog.crashes(List.of(ofTheRelease, back), NOW)).isZero();
        assertThat(RestartLog.crashes(List.of(ofTheRelease, back, crash), NOW)).isEqualTo(1);
    }

    @Test
    void delaysGrowAndTheFourthCrashOfAnHourLeavesPartsOut() {
        RestartPolicy policy = new RestartPolicy(3);

        assertThat(policy.after(1, false)).isEqualTo(decision(0, false));
        assertThat(policy.after(2, false)).isEqualTo(decision(1, false));
        assertThat(policy.after(3, false)).isEqualTo(decision(5, false));
        assertThat(policy.after(4, false)).isEqualTo(decision(0, true));
        assertThat(policy.after(5, true)).isEqualTo(decision(300, true));
        assertThat(policy.after(99, true)).isEqualTo(decision(300, true));
    }

    private static RestartPolicy.Decision decision(int seconds, boolean safe) {
        return new RestartPolicy.Decision(Duration.ofSeconds(seconds), safe);
    }

    private static Restart entry(What what, String boot, Duration uptime) {
        return new Restart(
                UUID.randomUUID(),
                Instant.EPOCH,
                new Boot(boot, uptime),
                what,
                "",
                -1,
                Duration.ZERO);
    }
}
