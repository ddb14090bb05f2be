package io.visionops.testkit.rtsp;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One client: answers what it asks, in the way of the camera that it asks for. */
final class Connection implements Client, Runnable {

    private static final int MANY = 1 << 20;

    private final Behaviour behaviour;
    private final Consumer<Runnable> threads;
    private final Consumer<Connection> ended;
    private final Socket socket;
    private final CountDownLatch gone = new CountDownLatch(1);

    /** Replies and pictures come from two threads. Guarded by "this". */
    private final OutputStream out;

    /** What this client was told that it gets; used by the thread of {@link #run} alone. */
    private Video described;

    private boolean playing;

    /** The one that was asked for last. */
    private volatile String camera = "";

    /**
     * @param threads run what goes on beside it
     * @param ended is told when it is closed
     */
    Connection(
            Behaviour behaviour,
            Socket socket,
            Consumer<Runnable> threads,
            Consumer<Connection> ended)
            throws IOException {
        this.behaviour = behaviour;
        this.threads = threads;
        this.ended = ended;
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.described = behaviour.videos().usual();
    }

    @Override
    public void run() {
        try (socket) {
            DataInputStream in =
                    new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            boolean open = true;
            while (open) {
                open = answer(Request.read(in));
            }
        } catch (IOException ended) {
            // The client has gone, or we were told to.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    /** False when the connection is to be closed. */
    private boolean answer(Request request) throws IOException, InterruptedException {
        Replies replies = new Replies(request);
        camera = request.camera();
        Mischief mischief = behaviour.mischief(camera);
        switch (mischief) {
            case GARBAGE -> send(garbage());
            case HALF_OPEN -> {}
            case TRICKLE -> trickle(replies.methods());
            case HUGE_HEADER -> {
                send(replies.beginning());
                send(Replies.ascii("X-Huge: " + "a".repeat(MANY) + "\r\n\r\n"));
            }
            case ENDLESS_HEADERS -> endlessly(replies.beginning());
            case HANG_UP -> {
                return false;
            }
            case REVOKED -> send(replies.unauthorised("Basic realm=\"hostile\""));
            case FORBIDDEN -> send(replies.refusal(403, "Forbidden"));
            case NOT_FOUND -> send(replies.refusal(404, "Not Found"));
            case BUSY -> send(replies.refusal(503, "Service Unavailable"));
            case REDIRECT_LOOP -> send(replies.redirect());
            case REDIRECT_AWAY -> send(replies.redirectAway());
            default -> {
                return serve(request, replies, mischief);
            }
        }
        return true;
    }

    private boolean serve(Request request, Replies replies, Mischief mischief) throws IOException {
        boolean accepted = behaviour.accepts(request);
        if (!request.method().equals("OPTIONS") && !accepted) {
            send(replies.unauthorised(behaviour.challenge()));
            return true;
        }
        switch (request.method()) {
            case "GET" -> {
                described = behaviour.videos().jpeg();
                send(replies.multipart());
                play();
            }
            case "OPTIONS" -> send(replies.methods());
            case "DESCRIBE" -> {
                described = behaviour.video(mischief);
                send(describe(replies, mischief));
                return mischief != Mischief.CLOSE_AFTER_DESCRIBE;
            }
            case "SETUP" -> send(replies.setUp());
            case "PLAY" -> {
                send(replies.inSession());
                play();
            }
            case "TEARDOWN" -> {
                send(replies.inSession());
                return false;
            }
            default -> send(replies.inSession());
        }
        return true;
    }

    private byte[] describe(Replies replies, Mischief mischief) {
        return switch (mischief) {
            case NO_VIDEO ->
                    replies.description("m=audio 0 RTP/AVP 0\na=rtpmap:0 PCMU/8000\na=control:t\n");
            case UNKNOWN_CODEC ->
                    replies.description(
                            "m=video 0 RTP/AVP 96\na=rtpmap:96 X-NOBODYS/90000\na=control:t\n");
            case NONSENSE_SDP -> replies.described("<html>\nWelcome to your camera\n</html>\n");
            default -> replies.description(described.description());
        };
    }

    private void play() {
        if (!playing) {
            playing = true;
            threads.accept(new Playback(behaviour, this, camera, described));
        }
    }

    private static byte[] garbage() {
        byte[] bytes = new byte[4096];
        new Random(3).nextBytes(bytes);
        return bytes;
    }

    private void trickle(byte[] reply) throws IOException, InterruptedException {
        for (byte one : reply) {
            send(new byte[] {one});
            if (awaitGone(TimeUnit.SECONDS.toNanos(1))) {
                return;
            }
        }
    }

    private void endlessly(byte[] beginning) throws IOException, InterruptedException {
        send(beginning);
        for (long i = 0; !awaitGone(TimeUnit.MILLISECONDS.toNanos(1)); i++) {
            send(Replies.ascii("X-Header-" + i + ": " + "a".repeat(200) + "\r\n"));
        }
    }

    boolean isOf(String name) {
        return camera.equals(name);
    }

    @Override
    public synchronized void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    @Override
    public boolean awaitGone(long nanos) throws InterruptedException {
        return gone.await(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        gone.countDown();
        ended.accept(this);
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more either way.
        }
    }
}
