package io.visionops.api.camera;

import io.visionops.api.frame.FrameCounts;
import io.visionops.api.frame.FrameLease;
import io.visionops.api.frame.LeaseException;
import io.visionops.api.frame.Picture;
import io.visionops.api.subject.Actor;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One configured camera. Registered as a service with the property {@link #NAME}; registered anew
 * when its settings change. Who asks for a change is told with it, and kept as a record of kind
 * {@code audit}. Thread-safe; never blocks on the camera.
 */
@ProviderType
public interface Camera {

    /** Service property: the camera's name. */
    String NAME = "visionops.camera";

    CameraSettings settings();

    CameraStatus status();

    /** Where its frames went. */
    FrameCounts counts();

    /**
     * Leases the frames to the bundle that got this service; one consumer has them at a time. The
     * lease ends when it is closed. Where that is left undone, the next consumer can have one as
     * soon as the bundle has given the service back, as every bundle has that is stopped.
     *
     * @throws LeaseException when another consumer has them
     * @throws IllegalStateException when this is no service of a bundle, as those that {@link
     *     Cameras} lists, or was given back
     */
    FrameLease leaseFrames() throws LeaseException;

    /**
     * Copies of the frames that come from now on, for one who only looks on, such as a part on
     * trial: they are none of the consumer's, and {@link #counts} does not tell of them. One
     * observer at a time; it closes the lease itself.
     *
     * @throws LeaseException when there is an observer already
     */
    FrameLease observeFrames() throws LeaseException;

    /** The latest picture as JPEG; empty before the first frame. */
    Optional<Picture> latest();

    /** The decoder that runs; empty while there is none. */
    Optional<DecoderStatus> connection();

    /** Ends the present connection, if any, and connects at once. */
    void reconnect(Actor by);

    /**
     * A file is read again from its beginning, though it was read to its end; anything else is as
     * {@link #reconnect}.
     */
    default void reread(Actor by) {
        reconnect(by);
    }

    /** What the camera sees now is its right view: it was moved on purpose. */
    void acceptView(Actor by);

    /** By what its addresses are known again, in their order. */
    List<CameraTrust> trust();

    /**
     * What its addresses showed when they were refused is right: the camera was changed on purpose.
     * It is remembered, and the camera is tried at once.
     *
     * @return false when nothing was refused
     */
    boolean acceptIdentity(Actor by);

    /**
     * Connects a second time and changes over at the first frame of that, so that no frame is
     * missing; the present connection stays if the second does not come. Where two connections
     * cannot be (a device, a file that is read once), or there is none, it is {@link #reconnect}.
     */
    void renew(Actor by);

    /**
     * Asks for less to be done for it, until the same actor asks for something else: there is one
     * standing request an actor, and {@link ServiceLevel#FULL} withdraws it. The lowest request is
     * carried out, decoding as in {@link #renew}; PAUSED ends the decoder, and the camera is IDLE
     * until the level rises. Requests outlive a swap of a part and a change of settings, not a
     * restart. A file that is read once takes requests and is not touched by them; a camera that is
     * disabled takes none.
     */
    void request(LevelRequest request);

    /** What is asked for, the lowest first; of equal ones the one that has stood longest. */
    List<LevelRequest> requests();

    /** What is done for it: the lowest of what is asked for. */
    ServiceLevel level();

    /**
     * What keeps the analysis of this camera from finding what it is set to find; while there is
     * something and pictures come, the camera is DEGRADED. Said by the analysis when it begins and
     * at each change; it holds until the analysis says otherwise, also while either part is being
     * swapped.
     *
     * @param fault {@link Cause#DETECTOR} or {@link Cause#OBJECTS}, with what to do; empty when the
     *     analysis is as it should be
     */
    void analysisFault(Optional<Fault> fault);
}
