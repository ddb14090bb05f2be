package io.visionops.api.camera;

import java.util.Collection;
import java.util.Collections;

/**
 * How much is done for a camera: less of it when the machine is short of something. One ladder for
 * decoding and analysis alike; each level leaves out what the ones above it leave out as well.
 * Ordered from the lowest, PAUSED, to the highest, FULL; of two rates the smaller one is lower.
 *
 * @param kind what is left out
 * @param fps frames a second at most, when {@code kind} is REDUCED; 0 otherwise
 */
public record ServiceLevel(Kind kind, int fps) implements Comparable<ServiceLevel> {

    /** What is left out; the next one is always the lower one. */
    public enum Kind {
        /** Nothing: the rate that is set. */
        FULL("full"),
        /** Frames above a rate. */
        REDUCED("reduced"),
        /**
         * All but the pictures that need no other: one every few seconds, at a tenth of the CPU.
         */
        KEYFRAMES("keyframes"),
        /** Models as well: key frames are looked at for what moves, and for nothing else. */
        MOTION_ONLY("motion"),
        /** Everything: there is no connection to the camera. */
        PAUSED("paused");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** Asked for and shown by this word. */
        public String word() {
            return word;
        }
    }

    public static final ServiceLevel FULL = new ServiceLevel(Kind.FULL, 0);
    public static final ServiceLevel KEYFRAMES = new ServiceLevel(Kind.KEYFRAMES, 0);
    public static final ServiceLevel MOTION_ONLY = new ServiceLevel(Kind.MOTION_ONLY, 0);
    public static final ServiceLevel PAUSED = new ServiceLevel(Kind.PAUSED, 0);

    public ServiceLevel {
        if (kind == Kind.REDUCED ? fps < 1 || fps > 30 : fps != 0) {
            throw new IllegalArgumentException(kind + " with " + fps + " frames a second");
        }
    }

    /**
     * @param fps 1..30; a rate above the one that is set changes nothing
     */
    public static ServiceLevel reduced(int fps) {
        return new ServiceLevel(Kind.REDUCED, fps);
    }

    /** The lowest of several; FULL when there is none. */
    public static ServiceLevel lowestOf(Collection<ServiceLevel> levels) {
        return levels.isEmpty() ? FULL : Collections.min(levels);
    }

    /** What is done at this level, in words for a person. */
    public String words() {
        return switch (kind) {
            case FULL -> "everything";
            case REDUCED -> fps == 1 ? "1 frame a second" : fps + " frames a second";
            case KEYFRAMES -> "key frames only";
            case MOTION_ONLY -> "motion in key frames only";
            case PAUSED -> "nothing";
        };
    }

    @Override
    public int compareTo(ServiceLevel other) {
        int byKind = other.kind.compareTo(kind);
        return byKind == 0 ? Integer.compare(fps, other.fps) : byKind;
    }
}
