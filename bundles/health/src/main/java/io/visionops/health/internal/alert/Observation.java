package io.visionops.health.internal.alert;

import io.visionops.api.subject.Subject;
import java.util.List;

/**
 * What a rule sees at one look, of one check or of one series of a metric.
 *
 * @param group those of one group become one alert
 * @param subject of that alert
 * @param key what tells those of a group apart
 * @param about the subjects that it is about, for silences
 * @param cause in plain words
 * @param remedy may be empty
 * @param explains checks that this one explains
 * @param explainedBy checks that explain this one, the nearest first
 */
record Observation(
        String group,
        Subject subject,
        String key,
        List<Subject> about,
        Verdict verdict,
        String cause,
        String remedy,
        List<String> explains,
        List<String> explainedBy) {

    /** Whether the condition of the rule holds. */
    enum Verdict {
        BAD,
        /** As it was: between limit and clear value, or a part that is away for a moment. */
        HOLD,
        WELL
    }

    Observation {
        about = List.copyOf(about);
        explains = List.copyOf(explains);
        explainedBy = List.copyOf(explainedBy);
    }
}
