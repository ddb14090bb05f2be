package io.visionops.backup.internal.offsite;

import io.visionops.api.backup.BackupException;
import io.visionops.api.backup.BackupInfo;
import io.visionops.api.time.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the newest proven full backup on the server as well. What is there is asked of the server:
 * nothing is kept about it here. For one thread, but for {@link #facts}.
 */
final class OffsiteCopies {

    private static final Logger LOG = LoggerFactory.getLogger(OffsiteCopies.class);
    private static final Duration AGAIN = Duration.ofMinutes(15);

    private final Backups backups;
    private final Passwords passwords;
    private final Outcomes outcomes;
    private final Clock clock;
    private final Ticker ticker;

    private String copied = "";
    private long tried;
    private boolean failed;
    private volatile OffsiteFacts facts = OffsiteFacts.NONE;

    /** The backups of this installation. */
    interface Backups {
        List<BackupInfo> list() throws BackupException;
    }

    /** Finds the value of a secret. */
    interface Passwords {
        String find(String secret) throws BackupException;
    }

    /** Who keeps what became of a copy. */
    interface Outcomes {
        void tell(String id, boolean good, String detail);
    }

    OffsiteCopies(
            Backups backups, Passwords passwords, Outcomes outcomes, Clock clock, Ticker ticker) {
        this.backups = backups;
        this.passwords = passwords;
        this.outcomes = outcomes;
        this.clock = clock;
        this.ticker = ticker;
    }

    /** For the check. */
    OffsiteFacts facts() {
        return facts;
    }

    /** Another server: what is there is not known. */
    void forget() {
        copied = "";
        failed = false;
        facts = OffsiteFacts.NONE;
    }

    /** Copies what is to be copied; after a failure not before a quarter of an hour has passed. */
    void look(OffsiteSettings settings) throws BackupException {
        Optional<BackupInfo> newest =
                backups.list().stream()
                        // An increment is worth nothing without the one that it was made after.
                        .filter(BackupInfo::isFull)
                        .filter(one -> one.proven().isPresent())
                        .findFirst();
        if (newest.isEmpty()) {
            facts = facts.waiting();
            return;
        }
        BackupInfo backup = newest.get();
        if (backup.id().equals(copied) || failed && ticker.nanos() - tried < AGAIN.toNanos()) {
            return;
        }
        tried = ticker.nanos();
        try {
            String done = copy(settings, backup);
            failed = false;
            copied = backup.id();
            facts = new OffsiteFacts(true, Optional.of(backup.time()), Optional.empty());
            if (!done.isEmpty()) {
                LOG.info("{}", done);
                outcomes.tell(backup.id(), true, done);
            }
        } catch (BackupException | IOException e) {
            String why = String.valueOf(e.getMessage());
            if (!failed) {
                LOG.error("backup {} was not copied: {}", backup.id(), why);
                outcomes.tell(backup.id(), false, why);
            }
            failed = true;
            facts = facts.failed(why, clock.instant());
        }
    }

    /** Returns what was done, in one line; empty when it was there already. */
    private String copy(OffsiteSettings settings, BackupInfo backup)
            throws BackupException, IOException {
        String password =
                settings.passwordSecret().isEmpty()
                        ? ""
                        : passwords.find(settings.passwordSecret().get());
        Path file = Path.of(backup.file());
        String name = file.getFileName().toString();
        try (SftpFolder server = new SftpFolder(settings, password)) {
            boolean there = server.list().contains(name);
            if (!there) {
                server.send(file);
            }
            List<String> all = server.list();
            for (String old : all.subList(Math.min(settings.keep(), all.size()), all.size())) {
                server.remove(old);
            }
            return there ? "" : backup.id() + " was copied to " + settings.server();
        }
    }

    /** What is known of the copies. */
    record OffsiteFacts(boolean configured, Optional<Instant> newest, Optional<Trouble> trouble) {

        static final OffsiteFacts NONE =
                new OffsiteFacts(false, Optional.empty(), Optional.empty());

        OffsiteFacts waiting() {
            return new OffsiteFacts(true, newest, trouble);
        }

        OffsiteFacts failed(String why, Instant now) {
            Instant since = trouble.map(Trouble::since).orElse(now);
            return new OffsiteFacts(true, newest, Optional.of(new Trouble(why, since)));
        }
    }

    /** Why the last try failed, and since when each has. */
    record Trouble(String why, Instant since) {}
}
