package io.visionops.launcher;

import io.visionops.launcher.folder.DataFolder;
import io.visionops.launcher.platform.Failure;
import io.visionops.launcher.platform.Folders;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Passwords and secrets on their way to the one command that needs them: typed or piped in, that of
 * a camera also from the environment, then through a file that only the owner of the data folder
 * can read. No argument holds one, which a process list and a shell's history would show.
 */
final class Passwords {

    static final String VARIABLE = "VISIONOPS_CAMERA_PASSWORD";

    private static final Set<String> CAMERAS =
            Set.of("camera-add", "camera-discover", "camera-test");

    private static final Set<String> USERS = Set.of("user-add", "user-passwd");

    /**
     * What a command wants to be told.
     *
     * @param option by which it is told the file
     * @param question for a person
     * @param variable of the environment that may hold it; empty for none
     * @param isNew nobody else knows it yet, so that a slip would not be noticed
     */
    record Wanted(String option, String question, String variable, boolean isNew) {

        static Wanted ofNew(String option, String question) {
            return new Wanted(option, question, "", true);
        }
    }

    private static final Wanted PRESENT_PASSPHRASE =
            new Wanted("--file", "Passphrase: ", "", false);

    private Passwords() {}

    static Optional<Wanted> wanted(List<String> words) {
        String command = words.get(0).substring(words.get(0).lastIndexOf(':') + 1);
        if (has(words, "--help")) {
            return Optional.empty();
        }
        if (CAMERAS.contains(command)) {
            return (has(words, "--user") || has(words, "--password"))
                            && !has(words, "--password-file")
                    ? Optional.of(
                            new Wanted(
                                    "--password-file", "Password of the camera: ", VARIABLE, false))
                    : Optional.empty();
        }
        if (USERS.contains(command) && !has(words, "--password-file")) {
            return Optional.of(Wanted.ofNew("--password-file", "Password of the user: "));
        }
        return has(words, "--file") ? Optional.empty() : ofSecrets(command, words);
    }

    private static Optional<Wanted> ofSecrets(String command, List<String> words) {
        return switch (command) {
            case "secret-set" -> Optional.of(Wanted.ofNew("--file", "Value of the secret: "));
            case "secret-passphrase" ->
                    Optional.of(
                            has(words, "--remove")
                                    ? PRESENT_PASSPHRASE
                                    : Wanted.ofNew("--file", "New passphrase: "));
            case "secret-unlock" -> Optional.of(PRESENT_PASSPHRASE);
            default -> Optional.empty();
        };
    }

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
        Optional<Wanted> wanted = wanted(words);
        if (wanted.isEmpty()) {
            return new Handed(words, null);
        }
        String password = ask(wanted.get());
        if (password.isEmpty()) {
            String variable = wanted.get().variable();
            throw new Failure(
                    Failure.USAGE,
                    "no password: type it"
                            + (variable.isEmpty()
                                    ? " or pipe it in"
                                    : ", pipe it in, or put it into " + variable));
        }
        try {
            Path folder = Files.createDirectories(data.run().resolve("key"));
            Path file = Files.createTempFile(folder, "password", "");
            Files.writeString(file, password + "\n");
            List<String> all = new ArrayList<>(words);
            all.addAll(List.of(wanted.get().option(), file.toString()));
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

    private static String typed(Console console, String question) {
        char[] typed = console.readPassword("%s", question);
        return typed == null ? "" : new String(typed);
    }

    private static String ask(Wanted wanted) {
        String known =
                wanted.variable().isEmpty()
                        ? ""
                        : System.getenv().getOrDefault(wanted.variable(), "");
        if (!known.isEmpty()) {
            return known;
        }
        Console console = System.console();
        if (console != null) {
            String typed = typed(console, wanted.question());
            if (wanted.isNew() && !typed.equals(typed(console, "The same again: "))) {
                throw new Failure(Failure.USAGE, "the passwords differ");
            }
            return typed;
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
