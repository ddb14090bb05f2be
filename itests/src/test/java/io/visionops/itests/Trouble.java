package io.visionops.itests;

import java.time.Duration;

/**
 * A fault of one camera that streams: how it comes about and how it ends.
 *
 * @param fault in plain words
 * @param server what plays the camera
 * @param camera its name in the instance; on the hostile camera also its path
 * @param lasts from the beginning to the end; zero when it is over as soon as it began
 * @param ready what has to be found out before it begins
 */
record Trouble(
        String fault,
        String server,
        String camera,
        String url,
        Duration lasts,
        Deed ready,
        Deed begin,
        Deed end) {

    /** What is done to the server, or to the decoder. */
    @FunctionalInterface
    interface Deed {
        void run() throws Exception;
    }

    /** A trouble of a server. */
    static Trouble of(
            String fault,
            String server,
            String camera,
            String url,
            Duration lasts,
            Deed begin,
            Deed end) {
        return new Trouble(fault, server, camera, url, lasts, () -> {}, begin, end);
    }
}
