package io.visionops.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Passwords of cameras on their way to the one command that needs them: typed, piped in or from the
 * environment, then through a file that only the owner of the data folder can read. No argument
 * holds one, which a process list and a shell's history would show.
 */
final class Passwords {

    static final String VARIABLE = "VISIONOPS_CAMERA_PASSWORD";

    private static final Set<String> COMMANDS =
            Set.of("camera-add", "camera-discover", "camera-test");

    private Passwords() {}

    /** A command that knows where its password is; the file goes when this is closed. */
    record Handed(List<String> words, @Nullable Path file) implements AutoCloseable {
        @Override
        public void close() {
            if (file != null) {
                Folders.tryRemove(file);
            }
        }
    }

    /**
     * Asks for the password, if the command wants one.
     *
     * @throws Failure when there is none
     */
    static Handed handOver(List<String> words, DataFolder data) {
        String command = words.get(0).substring(words.get(0).lastIndexOf(':') + 1);
        boolean wanted =
                COMMANDS.contains(command)
                        && has(words, "--user")
                        && !has(words, "--password-file");
        if (!wanted) {
            return new Handed(words, null);
        }
        String password = ask();
        if (password.isEmpty()) {
            throw new Failure(
                    Failure.USAGE, "no password: type it, pipe it in, or put it into " + VARIABLE);
        }
        try {
            Path folder = Files.createDirectories(data.run().resolve("key"));
            Path file = Files.createTempFile(folder, "password", "");
            Files.writeString(file, password + "\n");
            List<String> all = new ArrayList<>(words);
            all.addAll(List.of("--password-file", file.toString()));
            return new Handed(all, file);
        } catch (IOException e) {
            throw new Failure(
                    "the password cannot be handed over: " + data.run() + " cannot be written");
        }
    }

    private static boolean has(List<String> words, String option) {
        return words.stream()
                .anyMatch(word -> word.equals(option) || word.startsWith(option + "="));
    }

    private static String ask() {
        String known = System.getenv().getOrDefault(VARIABLE, "");
        if (!known.isEmpty()) {
            return known;
        }
        if (System.console() != null) {
            char[] typed = System.console().readPassword("Password of the camera: ");
            return typed == null ? "" : new String(typed);
        }
        try {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            String line = in.readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            return "";
        }
    }
}
