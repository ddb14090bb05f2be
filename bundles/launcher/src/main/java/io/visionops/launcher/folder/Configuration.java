package io.visionops.launcher.folder;

import io.visionops.launcher.platform.Failure;
import io.visionops.launcher.platform.Folders;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The folder {@code etc}: what belongs to the program is replaced at each start, what belongs to
 * the user is put there once and kept.
 */
public final class Configuration {

    /** Who may use which command. */
    private static final String ROLES = "org.apache.karaf.command.acl.";

    private static final List<String> PROGRAMS =
            List.of(
                    "config.properties",
                    "system.properties",
                    "jre.properties",
                    "startup.properties",
                    "java.util.logging.properties",
                    "org.apache.karaf.features.",
                    ROLES,
                    "org.ops4j.pax.logging.cfg",
                    "org.ops4j.pax.url.mvn.cfg",
                    "shell.exec.script",
                    "branding",
                    "scripts",
                    "camera.example",
                    "README");

    private Configuration() {}

    public static void prepare(Program program, DataFolder data) {
        removeRoles(data);
        for (Path file : program.files("etc")) {
            String name = file.getFileName().toString();
            Path target = data.etc().resolve(name);
            if (isOfProgram(name) || Files.notExists(target)) {
                try {
                    Folders.copy(file, target);
                } catch (IOException e) {
                    throw unwritable(data, e);
                }
            }
        }
    }

    /** A rule that this version does not have would go on from an earlier one. */
    private static void removeRoles(DataFolder data) {
        try (DirectoryStream<Path> rules = Files.newDirectoryStream(data.etc(), ROLES + "*.cfg")) {
            for (Path rule : rules) {
                Files.delete(rule);
            }
        } catch (IOException e) {
            throw unwritable(data, e);
        }
    }

    private static Failure unwritable(DataFolder data, IOException e) {
        return new Failure(
                "the configuration in "
                        + data.etc()
                        + " cannot be written: "
                        + DataFolder.reason(e));
    }

    static boolean isOfProgram(String name) {
        return PROGRAMS.stream().anyMatch(name::startsWith);
    }
}
