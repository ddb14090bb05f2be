package io.visionops.channel.internal;

import io.visionops.support.thread.DaemonThreads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.security.auth.Subject;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client. Its own thread runs the command; a second one hears what the client says meanwhile,
 * so that Ctrl-C and a client that is gone end the command.
 */
final class Connection implements Runnable, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final SocketChannel client;
    private final FrameSocket socket;
    private final SessionFactory sessions;
    private final Callers callers;
    private final AwaitedCommands awaited;
    private final InputFrames input = new InputFrames();
    private final CountDownLatch heard = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile @Nullable ShellRun shell;

    Connection(
            SocketChannel client,
            SessionFactory sessions,
            Callers callers,
            AwaitedCommands awaited) {
        this.client = client;
        this.socket = new FrameSocket(client);
        this.sessions = sessions;
        this.callers = callers;
        this.awaited = awaited;
    }

    @Override
    public void run() {
        Thread hearing = null;
        try {
            Subject caller = callers.subjectOf(client);
            Call call = Call.read(socket.read());
            heard.countDown();
            if (call.mode() == Call.Mode.SHELL) {
                shell = new ShellRun(sessions, caller, call, socket, input);
            }
            hearing = hear(Thread.currentThread());
            socket.write(Frame.exit(answer(caller, call), ""));
        } catch (IOException e) {
            refuse(e);
        } finally {
            heard.countDown();
            done.countDown();
            close();
            join(hearing);
        }
    }

    private int answer(Subject caller, Call call) throws IOException {
        ShellRun interactive = shell;
        if (call.mode() == Call.Mode.COMPLETE) {
            new CompletionRun(sessions, call.words()).run(socket);
            return 0;
        }
        if (interactive == null) {
            return new LineRun(sessions, caller, call, awaited).run(socket, input);
        }
        interactive.run();
        return 0;
    }

    private void refuse(IOException reason) {
        try {
            socket.write(Frame.exit(1, String.valueOf(reason.getMessage())));
        } catch (IOException gone) {
            LOG.debug("a client of the command channel left", reason);
        }
    }

    private Thread hear(Thread runner) {
        Thread thread =
                DaemonThreads.create(runner.getName() + "-input", () -> hearUntilDone(runner));
        thread.start();
        return thread;
    }

    private void hearUntilDone(Thread runner) {
        try {
            while (true) {
                Frame frame = socket.read();
                switch (frame.kind()) {
                    case Frame.INPUT -> input.put(frame.bytes());
                    case Frame.END_OF_INPUT -> input.end();
                    case Frame.SIZE -> resize(ByteBuffer.wrap(frame.bytes()));
                    case Frame.INTERRUPT -> interrupt(runner);
                    default -> LOG.debug("frame {} passed over", (int) frame.kind());
                }
            }
        } catch (IOException | InterruptedException e) {
            // Done, or the client is gone: nobody waits for what still runs.
            input.end();
            if (done.getCount() > 0) {
                runner.interrupt();
            }
        }
    }

    private void resize(ByteBuffer size) {
        ShellRun interactive = shell;
        if (interactive != null && size.remaining() == 8) {
            interactive.resize(size.getInt(), size.getInt());
        }
    }

    /** A command that does not heed an interruption is left behind: its client need not wait. */
    private void interrupt(Thread runner) throws IOException, InterruptedException {
        runner.interrupt();
        if (!done.await(2, TimeUnit.SECONDS)) {
            socket.write(Frame.exit(LineRun.INTERRUPTED, ""));
            close();
        }
    }

    /** Says that it is alive; ends a client that has not said in time what it wants. */
    void keepAlive(boolean late) {
        try {
            if (late && heard.getCount() > 0) {
                close();
            } else {
                socket.keepAlive();
            }
        } catch (IOException e) {
            LOG.debug("a client of the command channel left", e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("a client of the command channel left", e);
        }
    }

    private static void join(@Nullable Thread thread) {
        if (thread != null) {
            try {
                thread.join(1_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
