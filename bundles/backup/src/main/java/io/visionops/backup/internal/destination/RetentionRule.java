package io.visionops.backup.internal.destination;

import io.visionops.api.backup.BackupInfo;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which backups are kept: the newest of each of the last days, and of each of the last weeks, in
 * UTC.
 *
 * @param daily days of which one is kept
 * @param weekly weeks of which one is kept
 */
public record RetentionRule(int daily, int weekly) {

    /**
     * Those that may go. None while the newest is not proven: it may be the older ones that can be
     * restored. One that is not proven does not stand for its day.
     *
     * @param backups newest first
     */
    public List<BackupInfo> superfluous(List<BackupInfo> backups) {
        if (backups.isEmpty() || backups.get(0).proven().isEmpty()) {
            return List.of();
        }
        Set<String> kept = new HashSet<>();
        Set<String> days = new HashSet<>();
        Set<String> weeks = new HashSet<>();
        for (BackupInfo one : backups) {
            if (one.proven().isEmpty()) {
                continue;
            }
            if (days.size() < daily && days.add(day(one.time()))) {
                kept.add(one.id());
            }
            if (weeks.size() < weekly && weeks.add(week(one.time()))) {
                kept.add(one.id());
            }
        }
        Instant oldest =
                backups.stream()
                        .filter(one -> kept.contains(one.id()))
                        .map(BackupInfo::time)
                        .min(Instant::compareTo)
                        .orElse(Instant.EPOCH);
        List<BackupInfo> superfluous = new ArrayList<>();
        for (BackupInfo one : backups) {
            // What failed its trial is kept for a person as long as what stands beside it.
            boolean failed = one.proven().isEmpty() && !one.time().isBefore(oldest);
            if (!kept.contains(one.id()) && !failed) {
                superfluous.add(one);
            }
        }
        return superfluous;
    }

    private static String day(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }

    private static String week(Instant time) {
        return time.atOffset(ZoneOffset.UTC).get(IsoFields.WEEK_BASED_YEAR)
                + "-"
                + time.atOffset(ZoneOffset.UTC).get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
    }
}
