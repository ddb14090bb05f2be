package io.visionops.ingest.internal.connectiontest;

import io.visionops.api.camera.Cause;
import java.util.Optional;

/** A stage at which a trial ends. */
final class StageFailed extends Exception {

    private static final long serialVersionUID = 1L;

    private final StageName stage;
    private final transient Optional<Cause> cause;
    private final String advice;

    /**
     * @param found what was found, for a person
     * @param advice what to do about it, one sentence
     */
    StageFailed(StageName stage, Cause cause, String found, String advice) {
        this(stage, Optional.of(cause), found, advice);
    }

    private StageFailed(StageName stage, Optional<Cause> cause, String found, String advice) {
        super(found);
        this.stage = stage;
        this.cause = cause;
        this.advice = advice;
    }

    /** Pictures come, too few. */
    static StageFailed slow(String found, String advice) {
        return new StageFailed(StageName.RATE, Optional.empty(), found, advice);
    }

    StageName stage() {
        return stage;
    }

    Optional<Cause> why() {
        return cause;
    }

    String found() {
        return String.valueOf(getMessage());
    }

    String advice() {
        return advice;
    }
}
