package io.visionops.ingest.internal.trust;

import io.visionops.api.camera.Fault;

/** No decoder is to be started: the camera is another one, cannot be asked, or gives no video. */
public final class Mistrusted extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Fault fault;

    public Mistrusted(Fault fault) {
        super(fault.cause().words());
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
