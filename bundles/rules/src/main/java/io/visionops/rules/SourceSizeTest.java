package io.visionops.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Runs in every module, as {@link MainCodeTest} does. */
class SourceSizeTest {

    private static final Path SOURCES = Path.of("src", "main", "java");

    @Test
    void classesAndPackagesOfTheModuleCanBeOverlooked() throws IOException {
        if (Files.isDirectory(SOURCES)) {
            Assertions.assertEquals(List.of(), SourceSizes.shipped().violations(SOURCES));
        }
    }
}
