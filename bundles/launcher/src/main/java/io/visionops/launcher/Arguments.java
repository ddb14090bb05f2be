package io.visionops.launcher;

import io.visionops.launcher.platform.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The command line.
 *
 * @param command what to do; empty when none was named
 * @param words what follows it
 * @param httpPort null: not said; 0: any free one
 * @param sshPort likewise
 */
record Arguments(
        String command,
        List<String> words,
        @Nullable String data,
        @Nullable Integer httpPort,
        @Nullable Integer sshPort,
        @Nullable String detector) {

    static final List<String> OPTIONS =
            List.of("--data", "--http-port", "--ssh-port", "--detector");

    static final List<String> COMMANDS =
            List.of("run", "start", "stop", "restart", "status", "shell", "demo", "completion");

    /**
     * What {@code start} leaves in the background, what takes the place of a watchdog that was
     * killed, and what completion scripts ask.
     */
    private static final Set<String> HIDDEN = Set.of("background", "watch", "complete");

    /**
     * Reads it.
     *
     * @throws Failure with status 2 when it is wrong
     */
    static Arguments parse(List<String> line) {
        String command = "";
        List<String> words = new ArrayList<>();
        String data = null;
        Integer http = null;
        Integer ssh = null;
        String detector = null;
        for (int i = 0; i < line.size(); i++) {
            String word = line.get(i);
            // What follows the first word of a shell command is not for us.
            boolean theirs =
                    (command.equals("shell") && !words.isEmpty()) || command.equals("complete");
            int equals = word.indexOf('=');
            String option = equals > 0 ? word.substring(0, equals) : word;
            if (theirs) {
                words.add(word);
            } else if (OPTIONS.contains(option)) {
                String value =
                        equals > 0
                                ? word.substring(equals + 1)
                                : ++i < line.size() ? line.get(i) : "";
                if (value.isEmpty()) {
                    throw new Failure(Failure.USAGE, option + " needs a value");
                }
                switch (option) {
                    case "--data" -> data = value;
                    case "--http-port" -> http = port(value);
                    case "--ssh-port" -> ssh = port(value);
                    default -> detector = detector(value);
                }
            } else if (Set.of("--version", "-h", "--help").contains(word)) {
                return new Arguments(
                        word.equals("-h") ? "--help" : word, List.of(), data, http, ssh, detector);
            } else if (word.equals("--json") && !command.isEmpty()) {
                words.add(word);
            } else if (word.equals("help") && command.isEmpty()) {
                return new Arguments("--help", List.of(), data, http, ssh, detector);
            } else if (word.startsWith("-")) {
                throw new Failure(
                        Failure.USAGE, "unknown option " + word + "; see visionops --help");
            } else if (command.isEmpty()) {
                command = word;
            } else {
                words.add(word);
            }
        }
        check(command, words);
        return new Arguments(command, List.copyOf(words), data, http, ssh, detector);
    }

    private static void check(String command, List<String> words) {
        if (!command.isEmpty() && !COMMANDS.contains(command) && !HIDDEN.contains(command)) {
            throw new Failure(
                    Failure.USAGE, "unknown command " + command + "; see visionops --help");
        }
        int most =
                switch (command) {
                    case "shell", "complete" -> Integer.MAX_VALUE;
                    case "demo", "completion" -> 1;
                    case "status" -> words.equals(List.of("--json")) ? 1 : 0;
                    default -> 0;
                };
        if (words.size() > most) {
            throw new Failure(
                    Failure.USAGE,
                    "unknown argument " + words.get(most) + "; see visionops --help");
        }
    }

    private static int port(String text) {
        if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65_535) {
            return Integer.parseInt(text);
        }
        throw new Failure(Failure.USAGE, "a port is a number from 0 to 65535, not " + text);
    }

    private static String detector(String text) {
        if (text.matches("[a-zA-Z0-9_.-]{1,64}")) {
            return text;
        }
        throw new Failure(
                Failure.USAGE, "a detector is auto, motion or the name of a model, not " + text);
    }
}
