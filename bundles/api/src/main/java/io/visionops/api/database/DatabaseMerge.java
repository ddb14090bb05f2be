package io.visionops.api.database;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What became of a replacement of the database.
 *
 * @param setAside folder of the database that was there before; empty when there was none
 * @param merged rows of each table that were taken over from it
 * @param trouble why nothing was taken over, or what was not; empty when all is well
 */
public record DatabaseMerge(Optional<Path> setAside, Map<String, Long> merged, String trouble) {

    public DatabaseMerge {
        merged = Map.copyOf(merged);
    }
}
