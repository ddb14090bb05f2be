package io.visionops.launcher.folder;

import io.visionops.launcher.platform.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The program folder, which is only read.
 *
 * @param version of the distribution
 * @param natives version of the libraries that are unpacked into the data folder
 */
public record Program(Path home, String version, String natives) {

    /**
     * Reads what the folder says of itself.
     *
     * @throws Failure when it is not complete
     */
    public static Program in(Path home) {
        Path file = home.resolve("lib/version");
        Properties facts = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            facts.load(in);
        } catch (IOException e) {
            throw new Failure("the program folder is not complete: " + file + " is missing");
        }
        return new Program(
                home, facts.getProperty("version", ""), facts.getProperty("natives", ""));
    }

    /** All files directly in a folder of the program, by name. */
    public List<Path> files(String folder) {
        try (Stream<Path> files = Files.list(home.resolve(folder))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new Failure("the program folder is not complete: " + home.resolve(folder));
        }
    }

    /** The one jar in a folder whose name begins so. */
    public Path jar(String folder, String name) {
        return files(folder).stream()
                .filter(file -> file.getFileName().toString().startsWith(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new Failure(
                                        "the program folder is not complete: "
                                                + folder
                                                + "/"
                                                + name));
    }
}
