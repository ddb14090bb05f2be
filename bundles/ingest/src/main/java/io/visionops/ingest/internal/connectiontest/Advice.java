package io.visionops.ingest.internal.connectiontest;

import io.visionops.api.camera.Fault;

/** What is advised for more than one reason. */
final class Advice {

    static final String AGAIN = "Try again; restart the camera if that does not help.";

    static final String RESTART = "Restart the camera: it is reached but does not do its work.";

    static final String VIEWERS =
            "End other viewers of this camera (recorders, apps) or allow more of them in its"
                    + " settings; restart it if nobody else watches.";

    static final String PATH =
            "Correct the path in the address: the camera's manual names it, and camera-discover"
                    + " asks the camera.";

    static final String ENCODING =
            "Set the stream to H.264 or H.265 in the camera's settings, without \"+\" or \"smart\""
                    + " variants.";

    static final String FILM =
            "Name a film that another player shows to its end; copy it again if it is cut off.";

    static final String SNAPSHOTS =
            "Set detect.fps = 1; if the camera has a stream (motion JPEG or RTSP), take that: who"
                    + " passes within a second is missed here.";

    static final String WEB =
            "Take the address of the stream itself, motion JPEG or MPEG-TS: it is not that of the"
                    + " camera's web page.";

    private static final String KEY_FRAMES =
            "Set the camera's key frame (I-frame) interval to one or two seconds.";

    private static final String SMALLER_PICTURES =
            "Set a smaller size or a lower quality of the pictures at the camera, or look at the"
                    + " link to it.";

    private Advice() {}

    /**
     * Of a stream whose first whole picture comes late, or not in time.
     *
     * @param described codec, size and rate, as the decoder says it; of motion JPEG each picture is
     *     whole
     */
    static String late(String described) {
        return described.startsWith("mjpeg") ? SMALLER_PICTURES : KEY_FRAMES;
    }

    /** Somebody else may answer at the camera's address: nothing was given to him. */
    static StageFailed mistrusted(StageName stage, Fault fault) {
        return new StageFailed(
                stage,
                fault.cause(),
                fault.detail(),
                "No password was sent. If the camera was changed on purpose, accept it with"
                        + " camera-trust --accept; if not, find out who answers at its address.");
    }
}
