package io.visionops.channel.internal;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.PrivilegedAction;
import javax.security.auth.Subject;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.jspecify.annotations.Nullable;

/** An interactive shell, with completion and history. One thread runs it, another resizes it. */
final class ShellRun {

    private final SessionFactory sessions;
    private final Subject caller;
    private final ChannelTerminal terminal;

    ShellRun(
            SessionFactory sessions,
            Subject caller,
            Call call,
            FrameSocket socket,
            InputFrames input)
            throws IOException {
        this.sessions = sessions;
        this.caller = caller;
        terminal =
                new ChannelTerminal(
                        call.terminal().isEmpty() ? "dumb" : call.terminal(),
                        input,
                        socket.stream(Frame.OUTPUT),
                        call.columns(),
                        call.rows());
    }

    void resize(int columns, int rows) {
        terminal.resize(columns, rows);
    }

    /** Runs it until its user leaves. */
    void run() {
        PrintStream out = new PrintStream(terminal.output(), true, StandardCharsets.UTF_8);
        Subject.doAs(
                caller,
                (PrivilegedAction<@Nullable Void>)
                        () -> {
                            Session session =
                                    sessions.create(
                                            terminal.input(), out, out, terminal, "UTF-8", null);
                            session.put(Subject.class.getName(), caller);
                            session.run();
                            return null;
                        });
        out.flush();
    }
}
