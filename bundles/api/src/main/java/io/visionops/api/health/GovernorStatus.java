package io.visionops.api.health;

import io.visionops.api.camera.ServiceLevel;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What the governor sees, and what it asks of whom.
 *
 * @param time of the look
 * @param enabled false while it is switched off: nothing is asked of any camera
 * @param level 0 for full service; each higher one leaves out more, up to 7, where cameras are
 *     paused
 * @param words what is done at that level
 * @param since when the level was entered, or taken over from the part's last run
 * @param reason why; empty at level 0
 * @param requests what is asked of cameras, by name; those of which nothing is asked are not listed
 */
public record GovernorStatus(
        Instant time,
        boolean enabled,
        int level,
        String words,
        Instant since,
        String reason,
        List<Input> inputs,
        List<Request> requests) {

    public GovernorStatus {
        inputs = List.copyOf(inputs);
        requests = List.copyOf(requests);
    }

    /** What an input does to the level at the moment. */
    public enum Effect {
        /** There is no sensor, or no value yet. */
        UNKNOWN,
        /** It is well below its threshold. */
        NONE,
        /** It is below its threshold, and not so far that the level may rise. */
        HOLDS,
        /** It asks for less. */
        LOWERS,
        /** It is critical, and no camera is asked for less since that would not help. */
        TELLS
    }

    /**
     * Something of which the machine may be short.
     *
     * @param name such as {@code temperature}
     * @param unit of the figures, such as {@code percent}
     * @param release below this the level may rise
     * @param throttle from this on less is asked for
     * @param critical from this on more is left out than from {@code throttle} on; empty where
     *     there is one threshold
     * @param pressure the value by its threshold: less is asked for from 1 on
     */
    public record Input(
            String name,
            String unit,
            OptionalDouble value,
            double release,
            double throttle,
            OptionalDouble critical,
            OptionalDouble pressure,
            Effect effect) {}

    /**
     * What is asked of a camera.
     *
     * @param priority of the camera, as it is set
     * @param level that the governor asks for
     * @param inForce that holds: somebody else may ask for less
     */
    public record Request(String camera, int priority, ServiceLevel level, ServiceLevel inForce) {}
}
