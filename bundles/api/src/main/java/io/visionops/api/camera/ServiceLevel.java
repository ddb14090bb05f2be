package io.visionops.api.camera;

/**
 * How much of a camera is decoded: less of it when the machine is short of something.
 *
 * @param kind what is left out
 * @param fps frames a second at most, when {@code kind} is REDUCED; 0 otherwise
 */
public record ServiceLevel(Kind kind, int fps) {

    /** What is left out. */
    public enum Kind {
        /** Nothing: the rate that is set. */
        FULL,
        /** Frames above a rate. */
        REDUCED,
        /**
         * All but the pictures that need no other: one every few seconds, at a tenth of the CPU.
         */
        KEYFRAMES
    }

    public static final ServiceLevel FULL = new ServiceLevel(Kind.FULL, 0);
    public static final ServiceLevel KEYFRAMES = new ServiceLevel(Kind.KEYFRAMES, 0);

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
}
