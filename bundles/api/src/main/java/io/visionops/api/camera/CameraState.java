package io.visionops.api.camera;

/** What a camera is doing. */
public enum CameraState {
    /** Nothing to do: a file that has been read to its end, or a camera that is paused. */
    IDLE,
    CONNECTING,
    STREAMING,
    /**
     * Streaming, but slower than half the rate that is set, with a faulty picture, or without the
     * detector that it needs.
     */
    DEGRADED,
    /** Lost, waiting for the next try. */
    BACKOFF,
    /** Lost for long or for a permanent cause; probed slowly, for ever. */
    OFFLINE,
    DISABLED
}
