package io.visionops.backup.internal;

import io.visionops.api.backup.BackupException;
import io.visionops.api.backup.BackupInfo;
import io.visionops.api.subject.Actor;
import io.visionops.backup.internal.destination.Proof;
import io.visionops.backup.internal.destination.TargetFolder;
import io.visionops.backup.internal.key.BackupKey;
import io.visionops.backup.internal.work.BackupJournal;
import io.visionops.backup.internal.work.Maker;
import io.visionops.backup.internal.work.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes backups of which each is proven by a restore on trial, whose outcome is kept beside it;
 * only when a new one is proven are old ones removed. For one thread at a time.
 */
final class ProvenBackups {

    private final Supplier<BackupSettings> settings;
    private final KnownBackups known;
    private final Maker maker;
    private final Trial trial;
    private final BackupJournal journal;
    private final Clock clock;

    ProvenBackups(
            Supplier<BackupSettings> settings,
            KnownBackups known,
            Maker maker,
            Trial trial,
            BackupJournal journal,
            Clock clock) {
        this.settings = settings;
        this.known = known;
        this.maker = maker;
        this.trial = trial;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * Makes a full backup.
     *
     * @return what came of it, in one line
     */
    String make(Actor by) throws BackupException, IOException {
        TargetFolder target = known.target();
        target.removeParts();
        BackupKey key = known.keyFile().readOrMake();
        return proven(maker.make(target, key), target, key, by);
    }

    /**
     * Makes an increment, or a full backup where there is none to build on.
     *
     * @return what came of it, in one line
     */
    String increment(Actor by) throws BackupException, IOException {
        TargetFolder target = known.target();
        target.removeParts();
        BackupKey key = known.keyFile().readOrMake();
        Optional<String> made = maker.increment(target, key);
        return made.isPresent()
                ? proven(made.get(), target, key, by)
                : "there was no full backup to build on: "
                        + proven(maker.make(target, key), target, key, by);
    }

    /**
     * Restores one on trial that is there already; of one that lies elsewhere nothing is kept.
     *
     * @return what came of it, in one line
     */
    String verify(String id, Path file) throws BackupException, IOException {
        BackupKey key = known.key(file, Optional.empty());
        TargetFolder target = known.target();
        if (file.equals(target.file(id))) {
            prove(target, id, key);
        } else {
            trial.run(id, file, key);
        }
        return id + " was proven by a restore";
    }

    private String proven(String id, TargetFolder target, BackupKey key, Actor by)
            throws BackupException, IOException {
        long bytes = Files.size(target.file(id));
        prove(target, id, key);
        prune(target, by);
        return id + " of " + bytes + " bytes was made and proven by a restore";
    }

    private void prove(TargetFolder target, String id, BackupKey key)
            throws BackupException, IOException {
        Proof before = target.proof(id).orElse(new Proof(key.id(), 0, Optional.empty(), ""));
        try {
            trial.run(id, target.file(id), key);
        } catch (BackupException | IOException e) {
            target.put(
                    id,
                    new Proof(
                            before.keyId(),
                            before.databaseBytes(),
                            Optional.empty(),
                            SingleWork.line(e)));
            throw e;
        }
        target.put(
                id,
                new Proof(
                        before.keyId(), before.databaseBytes(), Optional.of(clock.instant()), ""));
    }

    private void prune(TargetFolder target, Actor by) throws BackupException, IOException {
        List<BackupInfo> own = new ArrayList<>();
        for (BackupInfo one : target.list()) {
            Optional<String> key = target.proof(one.id()).map(Proof::keyId);
            // In a folder that several share, the others' are theirs.
            if (key.isPresent() && known.keyFile().find(key.get()).isPresent()) {
                own.add(one);
            }
        }
        for (BackupInfo old : settings.get().kept().superfluous(own, clock.getZone())) {
            target.remove(old.id());
            journal.tell("prune", old.id(), true, "removed, it is no longer kept", by);
        }
    }
}
