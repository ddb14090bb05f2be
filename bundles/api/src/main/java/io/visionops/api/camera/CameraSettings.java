package io.visionops.api.camera;

/**
 * One camera as configured; what the file {@code etc/io.visionops.camera-NAME.cfg} says, validated.
 *
 * @param name matches {@code [a-zA-Z0-9_-]{1,64}}
 * @param priority 1..10; who keeps full service longest has the highest
 */
public record CameraSettings(
        String name,
        boolean enabled,
        int priority,
        Source source,
        DetectionSettings analysis,
        ReconnectPolicy reconnect,
        PictureLimits picture) {}
