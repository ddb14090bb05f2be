package io.visionops.backup.internal.offsite;

import io.visionops.api.backup.BackupException;
import io.visionops.api.backup.BackupInfo;
import io.visionops.api.time.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the newest proven full backup on the server as well, and the newest increment after it. What
 * is there is asked of the server: nothing is kept about it here. For one thread, but for {@link
 * #facts}.
 */
final class OffsiteCopies {

    private static final Logger LOG = LoggerFactory.getLogger(OffsiteCopies.class);
    private static final Duration AGAIN = Duration.ofMinutes(15);

    /** That stay there: a day of them. */
    private static final int INCREMENTS = 24;

    private final Backups backups;
    private final Passwords passwords;
    private final Outcomes outcomes;
    private final Clock clock;
    private final Ticker ticker;

    /** Ids of what is there. */
    private List<String> copied = List.of();

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
        copied = List.of();
        failed = false;
        facts = OffsiteFacts.NONE;
    }

    /** Copies what is to be copied; after a failure not before a quarter of an hour has passed. */
    void look(OffsiteSettings settings) throws BackupException {
        List<BackupInfo> wanted = wanted(backups.list());
        if (wanted.isEmpty()) {
            facts = facts.waiting();
            return;
        }
        List<String> ids = wanted.stream().map(BackupInfo::id).toList();
        if (ids.equals(copied) || failed && ticker.nanos() - tried < AGAIN.toNanos()) {
            return;
        }
        tried = ticker.nanos();
        try {
            List<BackupInfo> sent = copy(settings, wanted);
            failed = false;
            copied = ids;
            Instant newest = wanted.get(wanted.size() - 1).time();
            facts = new OffsiteFacts(true, Optional.of(newest), Optional.empty());
            for (BackupInfo one : sent) {
                String done = one.id() + " was copied to " + settings.server();
                LOG.info("{}", done);
                // One an hour says no more than that the check is well.
                if (one.isFull()) {
                    outcomes.tell(one.id(), true, done);
                }
            }
        } catch (BackupException | IOException e) {
            String why = String.valueOf(e.getMessage());
            String what = String.join(", ", ids);
            if (!failed) {
                LOG.error("backup {} was not copied: {}", what, why);
                outcomes.tell(ids.get(0), false, why);
            }
            failed = true;
            facts = facts.failed(why, clock.instant());
        }
    }

    /** An increment is worth nothing without the full backup that it was made after: that first. */
    private static List<BackupInfo> wanted(List<BackupInfo> newestFirst) {
        List<BackupInfo> wanted = new ArrayList<>();
        for (BackupInfo one : newestFirst) {
            if (one.proven().isEmpty()) {
                continue;
            }
            if (one.isFull()) {
                wanted.add(0, one);
                return wanted;
            }
            if (wanted.isEmpty()) {
                wanted.add(one);
            }
        }
        return List.of();
    }

    /** Returns what was not there yet. */
    private List<BackupInfo> copy(OffsiteSettings settings, List<BackupInfo> wanted)
            throws BackupException, IOException {
        String password =
                settings.passwordSecret().isEmpty()
                        ? ""
                        : passwords.find(settings.passwordSecret().get());
        List<BackupInfo> sent = new ArrayList<>();
        try (SftpFolder server = new SftpFolder(settings, password)) {
            List<String> there = server.list();
            for (BackupInfo one : wanted) {
                Path file = Path.of(one.file());
                if (!there.contains(file.getFileName().toString())) {
                    server.send(file);
                    sent.add(one);
                }
            }
            for (String old : superfluous(server.list(), settings.keep())) {
                server.remove(old);
            }
        }
        return sent;
    }

    /**
     * Full backups beyond those that are kept, and increments with a full backup after them.
     *
     * @param there newest first
     */
    static List<String> superfluous(List<String> there, int keep) {
        List<String> superfluous = new ArrayList<>();
        int full = 0;
        int increments = 0;
        for (String name : there) {
            if (name.contains("-" + BackupInfo.FULL)) {
                full++;
                if (full > keep) {
                    superfluous.add(name);
                }
            } else {
                increments++;
                if (full > 0 || increments > INCREMENTS) {
                    superfluous.add(name);
                }
            }
        }
        return superfluous;
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
