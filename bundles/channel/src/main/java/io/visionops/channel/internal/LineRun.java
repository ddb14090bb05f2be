package io.visionops.channel.internal;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import javax.security.auth.Subject;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.apache.karaf.shell.support.ShellUtil;
import org.jspecify.annotations.Nullable;

/** Runs one line in a session of Karaf's shell, as Karaf's own ssh does. For one thread. */
final class LineRun {

    /** Exit status of what was interrupted, as shells have it. */
    static final int INTERRUPTED = 130;

    private static final int FAILED = 1;

    private final SessionFactory sessions;
    private final Subject caller;
    private final Call call;
    private final AwaitedCommands awaited;

    LineRun(SessionFactory sessions, Subject caller, Call call, AwaitedCommands awaited) {
        this.sessions = sessions;
        this.caller = caller;
        this.call = call;
        this.awaited = awaited;
    }

    /**
     * Runs it to its end.
     *
     * @return the exit status: what the command returns if that is a number, 1 where it failed
     * @throws IOException when the client cannot be told
     */
    int run(FrameSocket socket, InputFrames input) throws IOException {
        String line =
                call.mode() == Call.Mode.LINE
                        ? String.join(" ", call.words())
                        : CommandText.line(call.words());
        Counted counted = new Counted(socket.stream(Frame.OUTPUT));
        PrintStream out = print(counted);
        PrintStream err = print(socket.stream(Frame.ERROR_OUTPUT));
        Session session = sessions.create(input, out, err);
        try {
            int status = run(session, line, counted, out);
            out.flush();
            err.flush();
            if (counted.failed) {
                throw new IOException("the client does not take the answer");
            }
            return Thread.interrupted() ? INTERRUPTED : status;
        } finally {
            session.close();
        }
    }

    private int run(Session session, String line, Counted counted, PrintStream out) {
        if (line.startsWith("'") || line.startsWith("\"")) {
            out.println(
                    "no command: "
                            + line.lines().findFirst().orElse("")
                            + " is a text; leave its quotes out");
            return FAILED;
        }
        if (call.columns() > 0) {
            session.put("COLUMNS", String.valueOf(call.columns()));
        }
        session.put(Subject.class.getName(), caller);
        try {
            Object result =
                    Subject.doAs(
                            caller,
                            (PrivilegedExceptionAction<@Nullable Object>)
                                    () -> execute(session, line, counted));
            if (result instanceof Integer status) {
                return status;
            }
            boolean text = result instanceof CharSequence || result instanceof Number;
            if (text && counted.nothing() && !line.contains("=")) {
                out.println("no command: " + result);
                return FAILED;
            }
            return 0;
        } catch (PrivilegedActionException e) {
            if (e.getException() instanceof InterruptedException) {
                return INTERRUPTED;
            }
            ShellUtil.logException(session, e.getException());
        } catch (RuntimeException | LinkageError e) {
            // The bundle that has the command may just be on its way out.
            ShellUtil.logException(session, e);
        }
        return FAILED;
    }

    private @Nullable Object execute(Session session, String line, Counted counted)
            throws Exception {
        String script = System.getProperty("karaf.exec.init.script");
        if (script != null) {
            session.execute(Files.readString(Path.of(script)));
        }
        awaited.await(session.getRegistry(), line);
        try {
            return session.execute(line);
        } catch (Exception e) {
            if (hasDoneNothing(e)
                    && counted.nothing()
                    && awaited.mayRunAgain(session.getRegistry(), line)) {
                return session.execute(line);
            }
            throw e;
        }
    }

    /**
     * Whether the bundle of the command went before the command began. By names, since the shell
     * and the bundle of the commands export none of these classes.
     */
    private static boolean hasDoneNothing(Exception e) {
        return switch (e.getClass().getSimpleName()) {
            case "CommandNotFoundException", "CommandReplacedException" -> true;
            // Karaf could not make the command: its own context was gone.
            case "IllegalStateException" -> "Invalid BundleContext.".equals(e.getMessage());
            default -> false;
        };
    }

    private static PrintStream print(java.io.OutputStream frames) {
        return new PrintStream(
                new BufferedOutputStream(new PlainOutput(frames), 1 << 15),
                true,
                StandardCharsets.UTF_8);
    }

    /** Knows whether anything was printed, and whether it went out. */
    private static final class Counted extends java.io.FilterOutputStream {

        private long count;
        private boolean failed;

        Counted(java.io.OutputStream out) {
            super(out);
        }

        boolean nothing() {
            return count == 0;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            count += length;
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                failed = true;
                throw e;
            }
        }
    }
}
