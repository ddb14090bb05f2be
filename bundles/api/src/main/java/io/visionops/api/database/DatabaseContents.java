package io.visionops.api.database;

import java.util.Map;

/**
 * What is in a database file.
 *
 * @param schemaVersion number of the last script that made its tables
 * @param rows of each table
 */
public record DatabaseContents(int schemaVersion, Map<String, Long> rows) {

    public DatabaseContents {
        rows = Map.copyOf(rows);
    }
}
