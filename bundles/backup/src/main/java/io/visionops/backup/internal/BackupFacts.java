package io.visionops.backup.internal;

import io.visionops.api.backup.BackupInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the checks go by.
 *
 * @param newest when the newest backup was made
 * @param newestFull when the newest one was made that is no increment
 * @param newestProven when the newest one was made that is proven
 * @param unproven id of the newest backup where its trial failed; empty when it did not
 * @param trouble why that failed, or why the folder cannot be read
 * @param failed when the last try to make one failed
 * @param scheduled whether backups are made by themselves
 */
public record BackupFacts(
        Optional<Instant> newest,
        Optional<Instant> newestFull,
        Optional<Instant> newestProven,
        String unproven,
        String trouble,
        Optional<Instant> failed,
        boolean scheduled) {

    static final BackupFacts UNKNOWN = unreadable("");

    static BackupFacts of(
            List<BackupInfo> newestFirst, Optional<Instant> failed, boolean scheduled) {
        Optional<BackupInfo> newest = newestFirst.stream().findFirst();
        Optional<BackupInfo> refused = newest.filter(one -> !one.trouble().isEmpty());
        return new BackupFacts(
                newest.map(BackupInfo::time),
                newestFirst.stream().filter(BackupInfo::isFull).findFirst().map(BackupInfo::time),
                newestFirst.stream()
                        .filter(one -> one.proven().isPresent())
                        .findFirst()
                        .map(BackupInfo::time),
                refused.map(BackupInfo::id).orElse(""),
                refused.map(BackupInfo::trouble).orElse(""),
                failed,
                scheduled);
    }

    static BackupFacts unreadable(String why) {
        Optional<Instant> none = Optional.empty();
        return new BackupFacts(none, none, none, "", why, none, true);
    }
}
