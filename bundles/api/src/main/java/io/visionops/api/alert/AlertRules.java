package io.visionops.api.alert;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The rules in force, and what is wrong with the file that they are in.
 *
 * @param file its name in the folder {@code etc}
 * @param loaded when those in force were read; empty when none have been
 * @param rules by name
 * @param errors why the file is not in force, one line each with its number in the file; empty when
 *     it is
 */
public record AlertRules(
        String file, Optional<Instant> loaded, List<AlertRule> rules, List<String> errors) {

    public AlertRules {
        rules = List.copyOf(rules);
        errors = List.copyOf(errors);
    }
}
