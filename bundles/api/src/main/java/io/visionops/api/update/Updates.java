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
     * @param again also one that was gone back from
     * @throws UpdateException when there is nothing to be installed, or an update is under way
     */
    UpdatePlan install(boolean again, Actor by) throws UpdateException;

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
