package io.visionops.backup.internal.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.backup.BackupInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetentionRuleTest {

    /** A Sunday. */
    private static final Instant NEWEST = Instant.parse("2026-05-31T02:15:00Z");

    private static final ZoneId UTC = ZoneOffset.UTC;

    private static final RetentionRule RULE = new RetentionRule(7, 4, 24);

    @Test
    void sevenDaysAndFourWeeksAreKept() {
        List<BackupInfo> backups = daily(60);

        backups.removeAll(RULE.superfluous(backups, UTC));

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
    void aDayBeginsWhereItDoesForPeople() {
        // The 30th for both in UTC; in Auckland half a day later it is the 31st.
        BackupInfo evening = backup(Instant.parse("2026-05-30T22:00:00Z"), true);
        BackupInfo morning = backup(Instant.parse("2026-05-30T02:00:00Z"), true);
        List<BackupInfo> backups = List.of(evening, morning);
        RetentionRule rule = new RetentionRule(7, 0, 0);

        assertThat(rule.superfluous(backups, UTC)).containsExactly(morning);
        assertThat(rule.superfluous(backups, ZoneId.of("Pacific/Auckland"))).isEmpty();
    }

    @Test
    void nothingGoesWhileTheNewestIsNotProven() {
        List<BackupInfo> backups = daily(60);
        backups.add(0, backup(NEWEST.plusSeconds(60), false));

        assertThat(RULE.superfluous(backups, UTC)).isEmpty();
    }

    @Test
    void whatIsNotProvenDoesNotStandForItsDay() {
        List<BackupInfo> backups = new ArrayList<>();
        backups.add(backup(NEWEST, true));
        backups.add(backup(daysAgo(1).plusSeconds(60), false));
        backups.add(backup(daysAgo(1), true));

        assertThat(new RetentionRule(2, 0, 0).superfluous(backups, UTC)).isEmpty();
    }

    @Test
    void ofOneDayTheNewestIsKept() {
        List<BackupInfo> backups =
                List.of(
                        backup(NEWEST.plusSeconds(7200), true),
                        backup(NEWEST.plusSeconds(3600), true),
                        backup(NEWEST, true));

        assertThat(RULE.superfluous(backups, UTC)).containsExactly(backups.get(1), backups.get(2));
    }

    @Test
    void theLastIncrementsAreKeptAndTheFullBackupsThatTheyNeed() {
        List<BackupInfo> backups = new ArrayList<>(daily(12));
        for (int hour = 1; hour <= 30; hour++) {
            Instant time = NEWEST.minus(Duration.ofHours(hour)).plusSeconds(1800);
            backups.add(backup(time, "increment", true));
        }
        // A day without increments: those of before need an old full one.
        for (int hour = 1; hour <= 3; hour++) {
            backups.add(backup(daysAgo(10).plus(Duration.ofHours(hour)), "increment", true));
        }
        backups.sort(Comparator.comparing(BackupInfo::time).reversed());

        List<BackupInfo> few = new ArrayList<>(backups);
        few.removeAll(new RetentionRule(1, 0, 24).superfluous(backups, UTC));
        assertThat(few).filteredOn(one -> one.kind().equals("increment")).hasSize(24);
        assertThat(few)
                .filteredOn(one -> one.kind().equals("full"))
                .extracting(BackupInfo::time)
                .containsExactly(NEWEST, daysAgo(1));

        List<BackupInfo> all = new ArrayList<>(backups);
        all.removeAll(new RetentionRule(1, 0, 33).superfluous(backups, UTC));
        assertThat(all).filteredOn(one -> one.kind().equals("increment")).hasSize(33);
        assertThat(all)
                .filteredOn(one -> one.kind().equals("full"))
                .extracting(BackupInfo::time)
                .containsExactly(NEWEST, daysAgo(1), daysAgo(2), daysAgo(10));
    }

    @Test
    void anIncrementGoesBeforeTheFullBackupThatItNeeds() {
        List<BackupInfo> backups =
                List.of(
                        backup(NEWEST, true),
                        backup(daysAgo(1).plusSeconds(3600), "increment", true),
                        backup(daysAgo(1), true));

        assertThat(new RetentionRule(1, 0, 0).superfluous(backups, UTC))
                .containsExactly(backups.get(1), backups.get(2));
    }

    @Test
    void anIncrementThatIsNotProvenGoesWhenItIsOlderThanThoseThatAreKept() {
        List<BackupInfo> backups =
                List.of(
                        backup(NEWEST.plusSeconds(7200), "increment", true),
                        backup(NEWEST.plusSeconds(3600), "increment", false),
                        backup(NEWEST.plusSeconds(1800), "increment", true),
                        backup(NEWEST, true));

        assertThat(RULE.superfluous(backups, UTC)).isEmpty();
        assertThat(new RetentionRule(7, 4, 1).superfluous(backups, UTC))
                .containsExactly(backups.get(1), backups.get(2));
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
        return backup(time, "full", proven);
    }

    private static BackupInfo backup(Instant time, String kind, boolean proven) {
        return new BackupInfo(
                TargetFolder.id(time, kind),
                kind,
                time,
                1,
                1,
                proven ? Optional.of(time) : Optional.empty(),
                proven ? "" : "chunk 0 is damaged",
                "");
    }
}
