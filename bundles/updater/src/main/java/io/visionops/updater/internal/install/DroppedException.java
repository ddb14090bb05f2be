package io.visionops.updater.internal.install;

import io.visionops.api.update.UpdateException;

/** A release that was tried beside the one that runs, and is not taken; the message says why. */
public final class DroppedException extends UpdateException {

    private static final long serialVersionUID = 1L;

    public DroppedException(String message) {
        super(message);
    }
}
