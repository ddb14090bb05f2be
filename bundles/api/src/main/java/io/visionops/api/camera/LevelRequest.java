package io.visionops.api.camera;

import io.visionops.api.subject.Actor;
import java.util.regex.Pattern;

/**
 * Somebody's standing wish for how much is done for a camera. Of all wishes the lowest holds.
 *
 * @param level {@link ServiceLevel#FULL} withdraws what was asked for before
 * @param reason in words for a person, one line of 200 characters at most; may be empty
 */
public record LevelRequest(Actor by, ServiceLevel level, String reason) {

    private static final Pattern REASON = Pattern.compile("\\P{Cntrl}{0,200}");

    public LevelRequest {
        if (!REASON.matcher(reason).matches()) {
            throw new IllegalArgumentException(
                    "a reason is one line of 200 characters at most, not: " + reason);
        }
    }

    /** Who asks and why, such as {@code part/governor: memory}. */
    public String words() {
        return reason.isEmpty() ? by.toString() : by + ": " + reason;
    }
}
