package io.visionops.api.update;

import io.visionops.api.subject.Actor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Signed releases, taken from a repository and installed as a whole or not at all. Thread-safe; one
 * update at a time.
 */
@ProviderType
public interface Updates {

    /** What is installed, and what is going on. Never blocks. */
    UpdateStatus status();

    /**
     * Looks into the repository.
     *
     * @return the newest release, if it is not the one that is installed
     * @throws UpdateException when the repository cannot be read or is not to be trusted
     */
    Optional<AvailableRelease> check(Actor by) throws UpdateException;

    /**
     * What an installation of the newest release would do. Looks into the repository; changes
     * nothing.
     *
     * @throws UpdateException when there is no release to be installed, or it is refused
     */
    UpdatePlan plan(Actor by) throws UpdateException;

    /**
     * Begins to install the newest release, and goes on by itself: {@link #status()} says how far
     * it is.
     *
     * <p>With a canary, what its analysis counts and how long it takes is compared first: it is
     * installed when it does as well, and dropped otherwise, unless {@link #decide} says so before.
     *
     * @throws UpdateException when there is nothing to be installed, an update is under way, or the
     *     release has no analysis that could be compared
     */
    UpdatePlan install(InstallRequest request, Actor by) throws UpdateException;

    /**
     * Ends the comparison under way.
     *
     * @param promote whether the release is installed
     * @throws UpdateException when nothing is being compared
     */
    void decide(boolean promote, Actor by) throws UpdateException;

    /**
     * Begins to go back to a release that is kept.
     *
     * @param release its number; empty for the one before the present one
     * @throws UpdateException when it is not kept, or an update is under way
     */
    UpdatePlan rollback(OptionalLong release, Actor by) throws UpdateException;

    /** What became of updates, newest first; the last 100 at most. */
    List<UpdateResult> history();
}
