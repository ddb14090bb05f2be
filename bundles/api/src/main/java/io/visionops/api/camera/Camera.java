package io.visionops.api.camera;

import io.visionops.api.frame.FrameQueue;
import io.visionops.api.frame.Picture;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One configured camera. Registered as a service with the property {@link #NAME}; registered anew
 * when its settings change. Thread-safe; never blocks on the camera.
 */
@ProviderType
public interface Camera {

    /** Service property: the camera's name. */
    String NAME = "visionops.camera";

    CameraSettings settings();

    CameraStatus status();

    /** The frames to analyse. The queue has one consumer at a time. */
    FrameQueue frames();

    /** The latest picture as JPEG; empty before the first frame. */
    Optional<Picture> latest();

    /** Ends the present connection, if any, and connects at once. */
    void reconnect();

    /** What the camera sees now is its right view: it was moved on purpose. */
    void acceptView();
}
