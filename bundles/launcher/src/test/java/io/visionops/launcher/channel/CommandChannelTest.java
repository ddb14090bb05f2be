package io.visionops.launcher.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.launcher.platform.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandChannelTest {

    @TempDir Path scratch;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path socket;
    private ServerSocketChannel server;

    @BeforeEach
    void listen() throws IOException {
        socket = scratch.resolve("s");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void outputErrorsAndStatusComeApart() throws IOException {
        serve(frame('O', "good"), frame('R', "bad"), frame('K', ""), frame('X', "\0\0\0\7"));

        assertThat(call(5_000)).isEqualTo(7);
        assertThat(out).hasToString("good");
        assertThat(err).hasToString("bad");
    }

    @Test
    void anAnswerThatIsCutOffIsAFailure() {
        serve(frame('O', "half of it"));

        assertThatThrownBy(() -> call(5_000))
                .isInstanceOf(Failure.class)
                .hasMessage("the answer is not whole: the connection ended");
    }

    @Test
    void anAnswerThatIsCutOffWithinAFrameIsAFailure() {
        serve(ByteBuffer.allocate(7).put((byte) 'O').putInt(100).put((byte) 'x').flip());

        assertThatThrownBy(() -> call(5_000)).hasMessageStartingWith("the answer is not whole");
    }

    @Test
    void aServerThatSaysNothingIsTakenForOneThatHangs() throws IOException {
        CompletableFuture<SocketChannel> kept = CompletableFuture.supplyAsync(this::accept);

        assertThatThrownBy(() -> call(200)).hasMessageStartingWith("does not answer within");

        kept.join().close();
    }

    @Test
    void aRefusalIsTheFailureOfTheCall() {
        serve(frame('X', "\0\0\0\1user nobody may not"));

        assertThatThrownBy(() -> call(5_000)).hasMessage("user nobody may not");
    }

    @Test
    void aPathThatIsTooLongForASocketIsReachedByAShortOne() throws IOException {
        Path deep = scratch.resolve("ä".repeat(60)).resolve("b".repeat(140));
        Files.createDirectories(deep);
        Path far = deep.resolve("s");
        // Bound by its short name and then moved: a socket is where its file is.
        Files.move(socket, far);
        socket = far;
        serve(frame('X', "\0\0\0\0"));

        assertThat(call(5_000)).isZero();
    }

    private int call(long silenceMillis) throws IOException {
        try (CommandChannel channel =
                CommandChannel.open(
                        socket, Duration.ofMillis(silenceMillis), Duration.ofSeconds(20))) {
            channel.call(ChannelCall.line("x"));
            return channel.answer(out, err);
        }
    }

    private void serve(ByteBuffer... frames) {
        CompletableFuture.runAsync(
                () -> {
                    try (SocketChannel client = accept()) {
                        client.read(ByteBuffer.allocate(4096));
                        for (ByteBuffer frame : frames) {
                            client.write(frame);
                        }
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
    }

    private SocketChannel accept() {
        try {
            return server.accept();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static ByteBuffer frame(char kind, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(5 + bytes.length)
                .put((byte) kind)
                .putInt(bytes.length)
                .put(bytes)
                .flip();
    }
}
