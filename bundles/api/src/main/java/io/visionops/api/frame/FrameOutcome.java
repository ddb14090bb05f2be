package io.visionops.api.frame;

/** What became of a frame that was taken by a {@link FrameLease}. */
public enum FrameOutcome {
    /** The detector looked at it. */
    ANALYSED,
    /** Nothing moves in it: the detector was not asked, which counts as watched. */
    GATED,
    /** The detector failed on it. */
    FAILED,
    /**
     * The consumer stopped before it looked: the frame waits for the next one, if there is room.
     */
    ABANDONED
}
