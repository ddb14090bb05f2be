package io.visionops.launcher.folder;

import io.visionops.launcher.platform.Failure;
import io.visionops.launcher.platform.Folders;
import io.visionops.launcher.platform.Java;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Karaf's cache is disposable. It is kept when the same program on the same Java ended in order,
 * else made anew.
 */
public final class FrameworkCache {

    private FrameworkCache() {}

    /** What the cache was made by. */
    public static String stamp(Program program) {
        return program.version()
                + " "
                + program.home()
                + " "
                + facts(program, "system")
                + " "
                + facts(program, "etc/startup.properties")
                + " "
                + Java.version();
    }

    private static String facts(Program program, String name) {
        try {
            BasicFileAttributes facts =
                    Files.readAttributes(program.home().resolve(name), BasicFileAttributes.class);
            return facts.fileKey() + " " + facts.lastModifiedTime().toMillis();
        } catch (IOException e) {
            throw new Failure("the program folder is not complete: " + name + " is missing");
        }
    }

    public static void prepare(DataFolder data, String stamp) {
        Path marker = marker(data);
        try {
            if (!Files.exists(marker) || !Files.readString(marker).equals(stamp)) {
                Folders.remove(data.karaf());
            }
            Files.deleteIfExists(marker);
            // The last run's temporary files, and its configuration: what runs is what stands in
            // etc.
            Folders.remove(data.karaf().resolve("tmp"));
            Folders.remove(data.karaf().resolve("config"));
            Files.createDirectories(data.karaf().resolve("tmp"));
        } catch (IOException e) {
            throw new Failure(
                    "the cache in "
                            + data.karaf()
                            + " cannot be made anew: "
                            + DataFolder.reason(e));
        }
    }

    public static void endedInOrder(DataFolder data, String stamp) {
        try {
            Folders.write(marker(data), stamp);
        } catch (IOException e) {
            // Then the next start takes a second longer.
            Folders.tryRemove(marker(data));
        }
    }

    private static Path marker(DataFolder data) {
        return data.run().resolve("clean-stop");
    }
}
