package io.visionops.inference.internal.detector;

import io.visionops.api.detect.DetectorException;
import java.util.concurrent.TimeUnit;

/** A call of a detector that did not come back in time, and for which nobody waits any more. */
public final class DetectorHungException extends DetectorException {

    private static final long serialVersionUID = 1L;

    DetectorHungException(long waitedNanos) {
        super("no answer within " + TimeUnit.NANOSECONDS.toSeconds(waitedNanos) + " s");
    }
}
