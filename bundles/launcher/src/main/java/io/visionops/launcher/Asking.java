package io.visionops.launcher;

import io.visionops.launcher.channel.ChannelCall;
import io.visionops.launcher.channel.CommandChannel;
import io.visionops.launcher.channel.Terminals;
import io.visionops.launcher.folder.DataFolder;
import io.visionops.launcher.platform.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code status}, {@code shell} and completion: what asks the instance that runs. */
final class Asking {

    private static final int CRITICAL = 2;

    private final DataFolder data;
    private final Running running;
    private final PrintStream out;
    private final PrintStream err;

    Asking(DataFolder data, PrintStream out, PrintStream err) {
        this.data = data;
        this.running = new Running(data);
        this.out = out;
        this.err = err;
    }

    /** One screen; 0 well, 1 degraded, 2 critical, 3 not running. */
    int status(boolean json) {
        data.mayAsk();
        if (running.java().isEmpty()) {
            out.println(json ? "{\"status\":\"not running\"}" : "not running on " + data.root());
            return Failure.NOT_RUNNING;
        }
        Running.Answer answer;
        try {
            // One that hangs is as bad as one that says so.
            answer =
                    running.ask(
                            "visionops:status" + (json ? " --json" : ""), Duration.ofSeconds(30));
        } catch (Failure e) {
            out.println("critical: " + e.getMessage());
            return CRITICAL;
        }
        if (answer.status() != 0) {
            out.println("critical: " + answer.text());
            return CRITICAL;
        }
        out.println(answer.text());
        String first = answer.text().lines().findFirst().orElse("");
        return json ? rank(first, "\"status\":\"", "\"") : rank(first, ": ", ",");
    }

    private static int rank(String text, String before, String after) {
        if (text.contains(before + "well" + after)) {
            return 0;
        }
        return text.contains(before + "degraded" + after) ? 1 : CRITICAL;
    }

    /** A command, or an interactive shell. */
    int shell(List<String> words) {
        data.mayAsk();
        if (running.java().isEmpty()) {
            throw new Failure(Failure.NOT_RUNNING, "not running on " + data.root());
        }
        if (!words.isEmpty()) {
            return run(words);
        }
        if (!Terminals.isThere()) {
            return runLinesOfInput();
        }
        try (CommandChannel channel =
                CommandChannel.open(
                        data.socket(), CommandChannel.SILENCE, Duration.ofDays(10_000))) {
            return Terminals.lend(channel);
        } catch (IOException e) {
            throw new Failure("runs but its shell does not answer yet");
        }
    }

    private int run(List<String> words) {
        // One word with spaces in it is a line of the shell, pipes and all.
        boolean line = words.size() == 1 && words.get(0).chars().anyMatch(Character::isWhitespace);
        int[] size = Terminals.size();
        try (Passwords.Handed password = Passwords.handOver(words, data)) {
            return running.ask(
                    new ChannelCall(
                            line ? ChannelCall.Mode.LINE : ChannelCall.Mode.WORDS,
                            size[0],
                            size[1],
                            "",
                            password.words()),
                    out,
                    err);
        }
    }

    /** A script on standard input: each line a command; ends at the first that fails. */
    private int runLinesOfInput() {
        try {
            for (String line :
                    new String(System.in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                int status =
                        line.isBlank() || line.startsWith("#")
                                ? 0
                                : running.ask(ChannelCall.line(line), out, err);
                if (status != 0) {
                    return status;
                }
            }
            return 0;
        } catch (IOException e) {
            throw new Failure("standard input cannot be read: " + e.getMessage());
        }
    }

    /** What may stand for the last of these words, the first of which is a command of the shell. */
    List<String> complete(List<String> words) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (CommandChannel channel =
                CommandChannel.open(data.socket(), Duration.ofSeconds(3), Duration.ofSeconds(3))) {
            channel.call(new ChannelCall(ChannelCall.Mode.COMPLETE, 0, 0, "", words));
            channel.answer(said, said);
            return new ArrayList<>(said.toString(StandardCharsets.UTF_8).lines().toList());
        } catch (IOException | Failure e) {
            // Nothing to propose.
            return List.of();
        }
    }
}
