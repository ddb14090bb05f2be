package io.visionops.ingest.internal.trust;

import io.visionops.api.camera.Fault;

/** A camera is not to be given a login: it is another one, or cannot be asked. */
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
