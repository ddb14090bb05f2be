package io.visionops.backup.internal.destination;

import static java.util.stream.Collectors.toSet;

import io.visionops.api.backup.BackupInfo;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which backups are kept: of the full ones the newest of each of the last days, and of each of the
 * last weeks; so many increments, and each full one that they need.
 *
 * @param daily days of which one is kept
 * @param weekly weeks of which one is kept
 * @param increments that are kept; 0: none is made
 */
public record RetentionRule(int daily, int weekly, int increments) {

    /**
     * Those that may go, in the order in which they have to. None while the newest is not proven:
     * it may be the older ones that can be restored. One that is not proven does not stand for its
     * day.
     *
     * @param backups newest first
     * @param zone in which days and weeks begin
     */
    public List<BackupInfo> superfluous(List<BackupInfo> backups, ZoneId zone) {
        if (backups.isEmpty() || backups.get(0).proven().isEmpty()) {
            return List.of();
        }
        List<BackupInfo> full = backups.stream().filter(BackupInfo::isFull).toList();
        List<BackupInfo> after = backups.stream().filter(one -> !one.isFull()).toList();
        Set<String> keptAfter =
                after.stream()
                        .filter(one -> one.proven().isPresent())
                        .limit(increments)
                        .map(BackupInfo::id)
                        .collect(toSet());
        Set<String> kept = keptOfFull(full, zone);
        for (BackupInfo one : after) {
            if (keptAfter.contains(one.id())) {
                base(one, full).ifPresent(kept::add);
            }
        }
        // In this order, a crash in between leaves no increment without the full one it needs.
        List<BackupInfo> superfluous = without(keptAfter, after);
        superfluous.addAll(without(kept, full));
        return superfluous;
    }

    /** An increment is made after the last full backup of its time. */
    private static Optional<String> base(BackupInfo increment, List<BackupInfo> full) {
        return full.stream()
                .filter(one -> one.time().isBefore(increment.time()))
                .findFirst()
                .map(BackupInfo::id);
    }

    private Set<String> keptOfFull(List<BackupInfo> full, ZoneId zone) {
        Set<String> kept = new HashSet<>();
        Set<LocalDate> days = new HashSet<>();
        Set<String> weeks = new HashSet<>();
        for (BackupInfo one : full) {
            if (one.proven().isEmpty()) {
                continue;
            }
            ZonedDateTime time = one.time().atZone(zone);
            if (days.size() < daily && days.add(time.toLocalDate())) {
                kept.add(one.id());
            }
            if (weeks.size() < weekly && weeks.add(week(time))) {
                kept.add(one.id());
            }
        }
        return kept;
    }

    private static List<BackupInfo> without(Set<String> kept, List<BackupInfo> backups) {
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

    private static String week(ZonedDateTime time) {
        return time.get(IsoFields.WEEK_BASED_YEAR)
                + "-"
                + time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
    }
}
