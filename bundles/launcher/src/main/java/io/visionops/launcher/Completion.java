package io.visionops.launcher;

import io.visionops.launcher.folder.DataFolder;
import io.visionops.launcher.platform.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code completion}: scripts for shells, and what those ask. */
final class Completion {

    private Completion() {}

    /**
     * The script for a shell.
     *
     * @throws Failure for one that is not known
     */
    static String script(List<String> words) {
        String shell = words.isEmpty() ? "" : words.get(0);
        if (!List.of("bash", "zsh").contains(shell)) {
            throw new Failure(Failure.USAGE, "visionops completion bash, or zsh");
        }
        try (InputStream in = Completion.class.getResourceAsStream("completion." + shell)) {
            if (in == null) {
                throw new IllegalStateException("the script for " + shell + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new Failure("the script cannot be read: " + e.getMessage());
        }
    }

    /** What may stand for the last of these words of a call of {@code visionops}. */
    static List<String> candidates(List<String> words, Map<String, String> environment) {
        String last = words.isEmpty() ? "" : words.get(words.size() - 1);
        List<String> before = words.isEmpty() ? words : words.subList(0, words.size() - 1);
        int command = command(before);
        if (command >= 0 && before.get(command).equals("shell")) {
            return inShell(words, command, environment);
        }
        if (!before.isEmpty() && Arguments.OPTIONS.contains(before.get(before.size() - 1))) {
            // A folder or a number: the user's shell knows folders.
            return List.of();
        }
        Stream<String> all =
                command < 0
                        ? Stream.concat(Arguments.COMMANDS.stream(), Arguments.OPTIONS.stream())
                        : switch (before.get(command)) {
                            case "completion" -> Stream.of("bash", "zsh");
                            case "status" ->
                                    Stream.concat(Stream.of("--json"), Arguments.OPTIONS.stream());
                            default -> Arguments.OPTIONS.stream();
                        };
        return all.filter(one -> one.startsWith(last)).toList();
    }

    private static List<String> inShell(
            List<String> words, int shell, Map<String, String> environment) {
        List<String> theirs = new ArrayList<>();
        @Nullable String data = null;
        for (int i = 0; i < words.size(); i++) {
            boolean ours = theirs.isEmpty() && Arguments.OPTIONS.contains(words.get(i));
            if (ours && i + 1 < words.size()) {
                data = words.get(i).equals("--data") ? words.get(i + 1) : data;
                i++;
            } else if (i > shell) {
                theirs.add(words.get(i));
            }
        }
        try {
            return new Asking(DataFolder.choose(data, environment), System.out, System.err)
                    .complete(theirs);
        } catch (Failure e) {
            return List.of();
        }
    }

    /** Where the command stands; -1: not yet. */
    private static int command(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            if (Arguments.OPTIONS.contains(words.get(i))) {
                i++;
            } else if (!words.get(i).startsWith("-")) {
                return i;
            }
        }
        return -1;
    }
}
