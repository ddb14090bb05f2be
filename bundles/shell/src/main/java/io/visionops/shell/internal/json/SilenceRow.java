package io.visionops.shell.internal.json;

import io.visionops.api.alert.Silence;
import java.time.Instant;

/**
 * For so long nobody is told.
 *
 * @param target name of a rule, or a subject such as {@code camera/front}
 */
public record SilenceRow(
        String id, String target, Instant since, Instant until, String by, String reason) {

    public static SilenceRow of(Silence silence) {
        return new SilenceRow(
                silence.id(),
                silence.target(),
                silence.since(),
                silence.until(),
                silence.by().toString(),
                silence.reason());
    }
}
