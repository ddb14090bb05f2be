package io.visionops.api.backup;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a restore does.
 *
 * @param file the backup
 * @param time when it was made
 * @param version of the program that made it
 * @param schemaVersion of its database
 * @param databaseBytes of its database
 * @param rows of each table in it
 * @param configuration files of the configuration that become other ones, or come back
 * @param models files of models that become other ones, or come back
 * @param diskBytes that are needed in the data folder
 * @param steps what is done, in this order, for a person
 */
public record RestorePlan(
        String file,
        Instant time,
        String version,
        int schemaVersion,
        long databaseBytes,
        Map<String, Long> rows,
        List<String> configuration,
        List<String> models,
        long diskBytes,
        List<String> steps) {

    public RestorePlan {
        rows = Map.copyOf(rows);
        configuration = List.copyOf(configuration);
        models = List.copyOf(models);
        steps = List.copyOf(steps);
    }
}
