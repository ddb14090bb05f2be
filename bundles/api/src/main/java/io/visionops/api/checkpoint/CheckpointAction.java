package io.visionops.api.checkpoint;

import io.visionops.api.subject.Actor;
import java.time.Duration;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The saving of what a part knows, registered as a service. Who is about to update or restart
 * something asks for it first; the owner acts. Thread-safe.
 */
@ConsumerType
public interface CheckpointAction {

    /** The part: {@code inference}. */
    String name();

    /** How long it takes at most. */
    Duration deadline();

    /**
     * Saves everything and says what came of it, within the deadline. Does not throw for what
     * cannot be saved.
     *
     * @param reason why it is asked for, in one line
     */
    CheckpointResult checkpoint(String reason, Actor by);
}
