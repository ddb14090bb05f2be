package io.visionops.updater.internal;

import io.visionops.api.update.AvailableRelease;
import io.visionops.api.update.UpdateException;
import io.visionops.updater.internal.install.UpdateHistory;
import io.visionops.updater.internal.metadata.Release;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the repository had when it was looked into last, beside the program that runs. Thread-safe;
 * one thread at a time looks into the repository.
 */
final class KnownReleases {

    private final Releases releases;
    private final RunningProgram running;
    private final UpdateHistory history;
    private final Clock clock;
    private final RepositoryOutage outage;

    private volatile Optional<Instant> checked = Optional.empty();
    private volatile Optional<Release> newest = Optional.empty();

    /** What was last begun to be installed without a person. */
    private volatile long tried;

    KnownReleases(
            Releases releases,
            RunningProgram running,
            UpdateHistory history,
            RepositoryOutage outage,
            Clock clock) {
        this.releases = releases;
        this.running = running;
        this.history = history;
        this.outage = outage;
        this.clock = clock;
    }

    /** Reads what an earlier run has left; waits for the disk. */
    void read() {
        outage.read();
    }

    /** Looks into the repository, which waits for the network. */
    synchronized Optional<AvailableRelease> check() throws UpdateException {
        Release release;
        try {
            release = releases.newest();
            outage.end();
        } catch (UpdateException e) {
            outage.goOn(String.valueOf(e.getMessage()));
            throw e;
        }
        checked = Optional.of(clock.instant());
        newest = Optional.of(release);
        return available();
    }

    /**
     * Looks into the repository for another release than the one that runs.
     *
     * @throws UpdateException when there is none
     */
    synchronized Release requireNewer() throws UpdateException {
        if (check().isEmpty()) {
            throw new UpdateException(
                    "release " + running.number() + " is the newest, and is installed");
        }
        return newest.orElseThrow();
    }

    /**
     * The same, for one that is to be installed.
     *
     * @param again one that was gone back from too
     * @throws UpdateException also when it was gone back from
     */
    Release requireInstallable(boolean again) throws UpdateException {
        Release release = requireNewer();
        Optional<String> refusal = history.refusal(release.number());
        if (refusal.isPresent() && !again) {
            throw new UpdateException(
                    "release "
                            + release.number()
                            + " was gone back from: "
                            + refusal.get()
                            + "; --again tries it once more");
        }
        return release;
    }

    /** When the repository was last read. */
    Optional<Instant> checked() {
        return checked;
    }

    /** The newest release of all. */
    Optional<Release> newest() {
        return newest;
    }

    /** The newest, where it is another than the one that runs. */
    Optional<AvailableRelease> available() {
        return newest.filter(one -> one.number() != running.number())
                .map(
                        one ->
                                new AvailableRelease(
                                        one.number(),
                                        one.version(),
                                        one.expires(),
                                        history.refusal(one.number())));
    }

    /** This one is begun to be installed without a person, and not again before the next look. */
    void tryByItself(long number) {
        tried = number;
    }

    /** Whether there is one that may be installed without a person and was not tried so. */
    boolean isUntried() {
        return available()
                .filter(one -> one.number() != tried && one.refused().isEmpty())
                .isPresent();
    }

    /**
     * A generation is active; older releases than it are not taken from now on, if it is one. Its
     * repository may have been read by the run before, which a release of level 2 has ended.
     */
    void committed(long number) {
        if (number > 0) {
            releases.committed(number);
        }
    }

    /** By how much the clock was behind the time that is known to have been, at the last look. */
    Duration clockBehind() {
        return releases.clockBehind();
    }

    /** Empty when the repository could be read when it was looked into last. */
    Optional<UnreadableRepository> unreadable() {
        return outage.present();
    }
}
