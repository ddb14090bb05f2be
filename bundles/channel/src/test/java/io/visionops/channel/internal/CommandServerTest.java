package io.visionops.channel.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Parser;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.impl.console.SessionFactoryImpl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Karaf's own shell behind the real socket. */
@Isolated("It counts the threads of the channel, and others of this module have a channel as well.")
class CommandServerTest {

    private static final int LARGE = 20_000_000;

    @TempDir Path scratch;

    private final ThreadIOImpl threads = new ThreadIOImpl();
    private final SessionFactoryImpl factory = new SessionFactoryImpl(threads);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final CountDownLatch waiting = new CountDownLatch(1);
    private Path socket;
    private CommandServer server;

    /** What a client got. */
    private record Answer(String out, int status, String refused) {}

    private interface Body {
        @Nullable Object run(Session session, List<Object> arguments) throws Exception;
    }

    @BeforeEach
    void open() throws IOException {
        threads.start();
        socket = scratch.resolve("shell.socket");
        command("say", (session, words) -> say(session, String.valueOf(words)));
        command("seven", (session, words) -> 7);
        command(
                "fail",
                (session, words) -> {
                    throw new IllegalStateException("no luck");
                });
        command("large", (session, words) -> say(session, "x".repeat(LARGE)));
        command("colour", (session, words) -> say(session, "\033[31mred\033[m\r\n"));
        command("wait", this::hang);
        server = new CommandServer(socket, factory);
    }

    @AfterEach
    void close() {
        try {
            server.close();
        } finally {
            threads.stop();
        }
    }

    @Test
    void eachWordArrivesAsItWasWritten() throws IOException {
        List<String> words =
                List.of(
                        "a b", "it's", "$x", "{y}", "//z", "q\"r", "k='a b'", "ü€", "&", "|",
                        "a;b");

        Answer answer = call(Call.Mode.WORDS, concat("visionops:say", words));

        assertThat(answer).isEqualTo(new Answer(words.toString(), 0, ""));
    }

    @Test
    void whatACommandReturnsAsANumberIsTheStatus() throws IOException {
        assertThat(call("visionops:seven").status()).isEqualTo(7);
        assertThat(call("visionops:say x").status()).isZero();
    }

    @Test
    void aCommandThatFailsSaysWhyAndEndsWithOne() throws IOException {
        Answer answer = call("visionops:fail");

        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.out()).contains("no luck").doesNotContain("\033");
    }

    @Test
    void aLineThatIsNoCommandIsNotSilent() throws IOException {
        for (String line : List.of("'say'", "\"say\"", "42", "nonsense", "visionops:nonsense")) {
            Answer answer = call(line);

            assertThat(answer.status()).as(line).isEqualTo(1);
            assertThat(answer.out().strip().lines()).as(line).hasSize(1);
        }
    }

    @Test
    void aCommandThatCouldNotBeginSinceItsBundleWentIsRunAgain() throws IOException {
        AtomicInteger runs = new AtomicInteger();
        command(
                "swapped",
                (session, words) -> {
                    if (runs.incrementAndGet() == 1) {
                        throw new CommandReplacedException();
                    }
                    return say(session, "whole");
                });

        assertThat(call("visionops:swapped")).isEqualTo(new Answer("whole", 0, ""));
        assertThat(runs).hasValue(2);
    }

    @Test
    void ofSeveralCommandsNoneIsRunAgain() throws IOException {
        AtomicInteger runs = new AtomicInteger();
        command("first", (session, words) -> runs.incrementAndGet());
        command(
                "gone",
                (session, words) -> {
                    throw new CommandReplacedException();
                });

        assertThat(call("visionops:first; visionops:gone").status()).isEqualTo(1);
        assertThat(runs).hasValue(1);
    }

    /** As the commands of VisionOps end when their bundle was stopped before they began. */
    private static final class CommandReplacedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void aLargeAnswerIsWhole() throws IOException {
        assertThat(call("visionops:large").out()).hasSize(LARGE);
    }

    @Test
    void outputIsPlainText() throws IOException {
        assertThat(call("visionops:colour").out()).isEqualTo("red\n");
    }

    @Test
    void manyClientsAtOnceGetEachTheirOwnAnswer() {
        List<String> answers =
                IntStream.range(0, 200)
                        .parallel()
                        .mapToObj(i -> unchecked("visionops:say " + i).out())
                        .toList();

        assertThat(answers)
                .isEqualTo(IntStream.range(0, 200).mapToObj(i -> "[" + i + "]").toList());
    }

    @Test
    void ctrlCEndsACommand() throws Exception {
        try (SocketChannel client = connect()) {
            send(client, Frame.CALL, callBytes(Call.Mode.LINE, List.of("visionops:wait")));
            assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();

            send(client, Frame.INTERRUPT, new byte[0]);

            assertThat(read(client).status()).isNotZero();
        }
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aClientThatLeavesEndsItsCommand() throws Exception {
        try (SocketChannel client = connect()) {
            send(client, Frame.CALL, callBytes(Call.Mode.LINE, List.of("visionops:wait")));
            assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void commandsThatAreBeingReplacedAreWaitedFor() throws Exception {
        List<Command> away =
                factory.getCommands().stream()
                        .filter(one -> one.getScope().equals("visionops"))
                        .toList();
        away.forEach(factory::unregister);
        Thread back =
                new Thread(
                        () -> {
                            try {
                                Thread.sleep(300);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            away.forEach(factory::register);
                        });
        back.start();

        assertThat(call("visionops:say back").out()).isEqualTo("[back]");
        back.join();
    }

    @Test
    void aClientOfAnotherVersionIsRefusedInOneLine() throws IOException {
        try (SocketChannel client = connect()) {
            send(client, Frame.CALL, new byte[] {0, 0, 0, 99, 0});

            assertThat(read(client).refused()).contains("version 99").doesNotContain("\n");
        }
    }

    @Test
    void garbageIsNoCallAndHurtsNobody() throws IOException {
        try (SocketChannel client = connect()) {
            client.write(
                    ByteBuffer.wrap("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            assertThat(read(client).status()).isEqualTo(1);
        }
        assertThat(call("visionops:say x").out()).isEqualTo("[x]");
    }

    @Test
    void theSocketIsItsOwnersAlone() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-------");
    }

    @Test
    void aSocketThatAKilledProcessHasLeftIsReplaced() throws IOException {
        server.close();
        try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(socket).exists();

        server = new CommandServer(socket, factory);

        assertThat(call("visionops:say x").out()).isEqualTo("[x]");
    }

    @Test
    void closingEndsWhatRunsAndLeavesNoThread() throws Exception {
        try (SocketChannel client = connect()) {
            send(client, Frame.CALL, callBytes(Call.Mode.LINE, List.of("visionops:wait")));
            assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();

            server.close();

            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().startsWith("visionops-channel")) {
                    // A pool has ended a moment before its last thread has.
                    thread.join(2_000);
                    assertThat(thread.isAlive()).as(thread.getName()).isFalse();
                }
            }
            assertThat(socket).doesNotExist();
        }
    }

    private @Nullable Object hang(Session session, List<Object> words) {
        waiting.countDown();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            interrupted.countDown();
        }
        return 1;
    }

    private static @Nullable Object say(Session session, String text) {
        session.getConsole().print(text);
        session.getConsole().flush();
        return null;
    }

    private void command(String name, Body body) {
        factory.register(new TestCommand(name, body));
    }

    private record TestCommand(String getName, Body body) implements Command {
        @Override
        public String getScope() {
            return "visionops";
        }

        @Override
        public String getDescription() {
            return "";
        }

        @Override
        public @Nullable Completer getCompleter(boolean scoped) {
            return null;
        }

        @Override
        public @Nullable Parser getParser() {
            return null;
        }

        @Override
        public @Nullable Object execute(Session session, List<Object> arguments) throws Exception {
            return body.run(session, arguments);
        }
    }

    private Answer call(String line) throws IOException {
        return call(Call.Mode.LINE, List.of(line));
    }

    private Answer unchecked(String line) {
        try {
            return call(line);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Answer call(Call.Mode mode, List<String> words) throws IOException {
        try (SocketChannel client = connect()) {
            send(client, Frame.CALL, callBytes(mode, words));
            return read(client);
        }
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }

    private static void send(SocketChannel client, char kind, byte[] bytes) throws IOException {
        new FrameSocket(client).write(new Frame(kind, bytes));
    }

    private static Answer read(SocketChannel client) throws IOException {
        FrameSocket frames = new FrameSocket(client);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (true) {
            Frame frame = frames.read();
            if (frame.kind() == Frame.OUTPUT) {
                out.writeBytes(frame.bytes());
            } else if (frame.kind() == Frame.EXIT) {
                ByteBuffer end = ByteBuffer.wrap(frame.bytes());
                int status = end.getInt();
                return new Answer(
                        out.toString(StandardCharsets.UTF_8),
                        status,
                        StandardCharsets.UTF_8.decode(end).toString());
            }
        }
    }

    private static byte[] callBytes(Call.Mode mode, List<String> words) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(Call.VERSION);
        out.writeByte(mode.ordinal());
        out.writeInt(0);
        out.writeInt(0);
        out.writeInt(0);
        out.writeInt(words.size());
        for (String word : words) {
            byte[] text = word.getBytes(StandardCharsets.UTF_8);
            out.writeInt(text.length);
            out.write(text);
        }
        return bytes.toByteArray();
    }

    private static List<String> concat(String first, List<String> rest) {
        return java.util.stream.Stream.concat(java.util.stream.Stream.of(first), rest.stream())
                .toList();
    }
}
