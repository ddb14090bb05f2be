package io.visionops.api.alert;

import io.visionops.api.subject.Actor;
import java.time.Duration;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Alerts by the rules of an admin, about what health checks and metrics show. Thread-safe. What
 * reads waits for nothing; what changes something returns when the change is on the disk.
 */
@ProviderType
public interface Alerts {

    /** Those that are open, the most pressing first, then the last 100 that are over. */
    List<Alert> alerts();

    /**
     * Somebody takes care of it: it is not escalated any more.
     *
     * @throws IllegalArgumentException with one line when there is none of that id, or it is none
     *     that fires
     */
    Alert acknowledge(String id, Actor by);

    /** Those in force. */
    List<Silence> silences();

    /**
     * Has nobody told for a while.
     *
     * @param target name of a rule, or a subject such as {@code camera/front}
     * @param length one minute to 30 days
     * @param reason one line, 200 characters at most; may be empty
     * @throws IllegalArgumentException with one line when something of it is not allowed
     */
    Silence silence(String target, Duration length, Actor by, String reason);

    /**
     * Ends a silence before its time.
     *
     * @throws IllegalArgumentException with one line when there is none of that id
     */
    Silence unsilence(String id, Actor by);

    AlertRules rules();
}
