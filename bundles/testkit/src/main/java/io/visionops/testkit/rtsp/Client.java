package io.visionops.testkit.rtsp;

import java.io.IOException;

/** Somebody who is sent pictures. Thread-safe. */
interface Client {

    /**
     * @throws IOException when it has gone
     */
    void send(byte[] bytes) throws IOException;

    /** Whether it has gone within that time. */
    boolean awaitGone(long nanos) throws InterruptedException;

    void close();
}
