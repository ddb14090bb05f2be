package io.visionops.channel.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.apache.karaf.shell.support.parsing.CommandLineImpl;

/** Says what may stand for the last word: the completers of the shell itself know. */
final class CompletionRun {

    private static final String SCOPE = "visionops";

    private final SessionFactory sessions;
    private final List<String> words;

    CompletionRun(SessionFactory sessions, List<String> words) {
        this.sessions = sessions;
        this.words = words.isEmpty() ? List.of("") : words;
    }

    /** Writes one candidate a line. */
    void run(FrameSocket socket) throws IOException {
        PrintStream nowhere =
                new PrintStream(
                        java.io.OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Session session = sessions.create(new ByteArrayInputStream(new byte[0]), nowhere, nowhere);
        try {
            byte[] all =
                    candidates(session).stream()
                            .map(String::strip)
                            .distinct()
                            .map(candidate -> candidate + "\n")
                            .collect(Collectors.joining())
                            .getBytes(StandardCharsets.UTF_8);
            socket.stream(Frame.OUTPUT).write(all);
        } finally {
            session.close();
        }
    }

    private List<String> candidates(Session session) {
        List<Command> commands = session.getRegistry().getCommands();
        String last = words.get(words.size() - 1);
        if (words.size() == 1) {
            return names(commands, last);
        }
        List<String> found = new ArrayList<>();
        for (Command command : commands) {
            if (isMeant(command)) {
                Completer completer = command.getCompleter(!words.get(0).contains(":"));
                if (completer != null) {
                    completer.complete(session, line(), found);
                }
            }
        }
        return found.stream().filter(candidate -> candidate.startsWith(last)).toList();
    }

    private static List<String> names(List<Command> commands, String start) {
        Set<String> names = new TreeSet<>();
        for (Command command : commands) {
            // Those of VisionOps go without their scope, as people type them.
            names.add(
                    command.getScope().equals(SCOPE)
                            ? command.getName()
                            : command.getScope() + ":" + command.getName());
        }
        return names.stream()
                .filter(name -> name.startsWith(start))
                .filter(name -> !start.isEmpty() || !name.contains(":"))
                .filter(name -> !name.startsWith("*"))
                .toList();
    }

    private boolean isMeant(Command command) {
        String name = words.get(0);
        return name.contains(":")
                ? name.equals(command.getScope() + ":" + command.getName())
                : command.getScope().equals(SCOPE) && name.equals(command.getName());
    }

    private CommandLineImpl line() {
        String buffer = String.join(" ", words);
        String last = words.get(words.size() - 1);
        return new CommandLineImpl(
                words.toArray(String[]::new),
                words.size() - 1,
                last.length(),
                buffer.length(),
                buffer);
    }
}
