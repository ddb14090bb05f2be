package io.visionops.itests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.future.AuthFuture;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.util.net.SshdSocketAddress;

/** Somebody with an ssh client, a name and a password. */
final class SshUser implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final SshClient client = SshClient.setUpDefaultClient();
    private final Instance server;
    private final String name;
    private final String password;

    SshUser(Instance server, String name, String password) {
        this.server = server;
        this.name = name;
        this.password = password;
        client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
        client.start();
    }

    boolean mayLogIn() throws IOException {
        try (ClientSession session = login()) {
            return true;
        } catch (SshException refused) {
            return false;
        }
    }

    /** Runs one line; the status is 0 when the command did what it should. */
    Instance.Result run(String line) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ClientSession session = login();
                ChannelExec channel = session.createExecChannel(line)) {
            channel.setOut(out);
            channel.setErr(out);
            channel.open().verify(LIMIT);
            channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), LIMIT);
            Integer status = channel.getExitStatus();
            String plain = out.toString(StandardCharsets.UTF_8).replaceAll("\u001b\\[[0-9;]*m", "");
            return new Instance.Result(status == null ? -1 : status, plain, "");
        }
    }

    /** Asks the server to connect to somewhere else, as {@code ssh -W} does. */
    boolean mayForwardTo(int port) throws IOException {
        try (ClientSession session = login();
                var channel =
                        session.createDirectTcpipChannel(
                                new SshdSocketAddress("127.0.0.1", 0),
                                new SshdSocketAddress("127.0.0.1", port))) {
            channel.open().verify(LIMIT);
            return true;
        } catch (SshException refused) {
            return false;
        }
    }

    /** A session that stays open. */
    ClientSession login() throws IOException {
        ClientSession session =
                client.connect(name, "127.0.0.1", server.port("ssh")).verify(LIMIT).getSession();
        try {
            session.addPasswordIdentity(password);
            AuthFuture answer = session.auth();
            if (!answer.await(LIMIT)) {
                throw new AssertionError(
                        "no answer to the login of %s within %s; the server calls itself %s; %s"
                                .formatted(
                                        name,
                                        LIMIT,
                                        session.getServerVersion(),
                                        server.threadsOf("nio2-thread")));
            }
            answer.verify();
            return session;
        } catch (IOException | AssertionError e) {
            session.close();
            throw e;
        }
    }

    @Override
    public void close() {
        client.stop();
    }
}
