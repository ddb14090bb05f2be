package io.visionops.api.camera;

import java.time.Duration;
import java.util.Optional;

/**
 * The decoder process that brings a camera's frames.
 *
 * @param address which of the camera's addresses, 0 for the first; the others are fallbacks
 * @param transport of RTSP; empty for other addresses
 * @param level of what it decodes: at MOTION_ONLY that is KEYFRAMES
 * @param memory resident bytes; 0 before the first sample, a few seconds after the start
 * @param cpu user and system time since its start
 * @param load CPU seconds per second over the last sampling interval; 1 is one core
 */
public record DecoderStatus(
        ProcessHandle process,
        int address,
        Optional<Source.Transport> transport,
        ServiceLevel level,
        long memory,
        Duration cpu,
        double load) {}
