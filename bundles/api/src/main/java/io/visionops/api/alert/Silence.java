package io.visionops.api.alert;

import io.visionops.api.subject.Actor;
import java.time.Instant;

/**
 * For so long nobody is told of alerts of a rule, or about a subject.
 *
 * @param id by which it is ended
 * @param target name of a rule, or a subject such as {@code camera/front}
 * @param until when it ends by itself
 * @param by who wanted it
 * @param reason may be empty
 */
public record Silence(
        String id, String target, Instant since, Instant until, Actor by, String reason) {

    /** Whether alerts of a rule of this name are meant; else those about a subject. */
    public boolean isOfRule() {
        return target.indexOf('/') < 0;
    }
}
