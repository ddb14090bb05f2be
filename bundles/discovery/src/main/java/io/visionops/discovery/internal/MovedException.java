package io.visionops.discovery.internal;

import java.util.Optional;

/** A device that wants to be asked elsewhere. */
final class MovedException extends DeviceException {

    private static final long serialVersionUID = 1L;

    private final transient Optional<ServiceUrl> place;

    MovedException(String message, Optional<ServiceUrl> place) {
        super(message);
        this.place = place;
    }

    /** Where, if that is an address. */
    Optional<ServiceUrl> place() {
        return place;
    }
}
