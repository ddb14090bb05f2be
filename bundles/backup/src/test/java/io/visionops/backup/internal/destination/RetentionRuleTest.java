package io.visionops.backup.internal.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.backup.BackupInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetentionRuleTest {

    /** A Sunday. */
    private static final Instant NEWEST = Instant.parse("2026-05-31T02:15:00Z");

    private static final RetentionRule RULE = new RetentionRule(7, 4);

    @Test
    void sevenDaysAndFourWeeksAreKept() {
        List<BackupInfo> backups = daily(60);

        backups.removeAll(RULE.superfluous(backups));

        assertThat(backups)
                .extracting(BackupInfo::time)
                .containsExactly(
                        NEWEST,
                        daysAgo(1),
                        daysAgo(2),
                        daysAgo(3),
                        daysAgo(4),
                        daysAgo(5),
                        daysAgo(6),
                        daysAgo(7),
                        daysAgo(14),
                        daysAgo(21));
    }

    @Test
    void nothingGoesWhileTheNewestIsNotProven() {
        List<BackupInfo> backups = daily(60);
        backups.add(0, backup(NEWEST.plusSeconds(60), false));

        assertThat(RULE.superfluous(backups)).isEmpty();
    }

    @Test
    void whatIsNotProvenDoesNotStandForItsDay() {
        List<BackupInfo> backups = new ArrayList<>();
        backups.add(backup(NEWEST, true));
        backups.add(backup(daysAgo(1).plusSeconds(60), false));
        backups.add(backup(daysAgo(1), true));

        assertThat(new RetentionRule(2, 0).superfluous(backups)).isEmpty();
    }

    @Test
    void ofOneDayTheNewestIsKept() {
        List<BackupInfo> backups =
                List.of(
                        backup(NEWEST.plusSeconds(7200), true),
                        backup(NEWEST.plusSeconds(3600), true),
                        backup(NEWEST, true));

        assertThat(RULE.superfluous(backups)).containsExactly(backups.get(1), backups.get(2));
    }

    private static List<BackupInfo> daily(int days) {
        List<BackupInfo> backups = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            backups.add(backup(daysAgo(day), true));
        }
        return backups;
    }

    private static Instant daysAgo(int days) {
        return NEWEST.minus(Duration.ofDays(days));
    }

    private static BackupInfo backup(Instant time, boolean proven) {
        return new BackupInfo(
                TargetFolder.id(time),
                "full",
                time,
                1,
                1,
                proven ? Optional.of(time) : Optional.empty(),
                proven ? "" : "chunk 0 is damaged",
                "");
    }
}
