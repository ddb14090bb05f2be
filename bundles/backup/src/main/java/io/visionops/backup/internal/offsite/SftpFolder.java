package io.visionops.backup.internal.offsite;

import io.visionops.api.backup.BackupException;
import io.visionops.backup.internal.destination.TargetFolder;
import io.visionops.support.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.sftp.SftpModuleProperties;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;

/** The backups in a folder of a server, over one connection. For one thread. */
final class SftpFolder implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final String PART = ".part";
    private static final int BUFFER = 1 << 16;

    /** What the server has shown; empty before it has. */
    private static final class ShownKey {
        private volatile String fingerprint = "";
    }

    private final SshClient client;
    private final ClientSession session;
    private final SftpClient files;
    private final String folder;

    /**
     * Connects.
     *
     * @param password empty where a key file is used
     * @throws BackupException when it does not come about; names the server's key where that is not
     *     the right one
     */
    SftpFolder(OffsiteSettings settings, String password) throws BackupException {
        folder = settings.folder();
        ShownKey shown = new ShownKey();
        client = client(settings, shown);
        ClientSession connected = null;
        try {
            client.start();
            connected =
                    client.connect(settings.user(), settings.host(), settings.port())
                            .verify(ANSWER)
                            .getSession();
            logIn(connected, settings, password);
            session = connected;
            files = SftpClientFactory.instance().createSftpClient(session);
            makeFolder();
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            client.stop();
            if (!shown.fingerprint.isEmpty() && !shown.fingerprint.equals(settings.hostKey())) {
                throw new BackupException(
                        settings.hostKey().isEmpty()
                                ? "nobody has said which host key is right; the server shows "
                                        + shown.fingerprint
                                        + ": compare it, and write it as host.key"
                                : "the server shows another host key, "
                                        + shown.fingerprint
                                        + "; it was given nothing",
                        e);
            }
            throw new BackupException(settings.server() + ": " + words(e), e);
        }
    }

    private static SshClient client(OffsiteSettings settings, ShownKey shown) {
        SshClient client = SshClient.setUpDefaultClient();
        // Nothing of the user that the program runs as: neither its keys nor what it trusts.
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setServerKeyVerifier(
                (session, address, key) -> {
                    shown.fingerprint = fingerprint(key);
                    return shown.fingerprint.equals(settings.hostKey());
                });
        CoreModuleProperties.AUTH_TIMEOUT.set(client, ANSWER);
        CoreModuleProperties.IDLE_TIMEOUT.set(client, ANSWER.multipliedBy(3));
        SftpModuleProperties.SFTP_CHANNEL_OPEN_TIMEOUT.set(client, ANSWER);
        return client;
    }

    static String fingerprint(PublicKey key) {
        return KeyUtils.getFingerPrint(BuiltinDigests.sha256, key);
    }

    private static void logIn(ClientSession session, OffsiteSettings settings, String password)
            throws IOException, GeneralSecurityException {
        if (settings.keyFile().isPresent()) {
            Path file = settings.keyFile().get();
            try (InputStream in = Files.newInputStream(file)) {
                for (KeyPair pair :
                        SecurityUtils.loadKeyPairIdentities(
                                session, () -> file.toString(), in, FilePasswordProvider.EMPTY)) {
                    session.addPublicKeyIdentity(pair);
                }
            }
        } else {
            session.addPasswordIdentity(password);
        }
        session.auth().verify(ANSWER);
    }

    private void makeFolder() throws IOException {
        try {
            files.stat(folder);
        } catch (SftpException e) {
            if (e.getStatus() != SftpConstants.SSH_FX_NO_SUCH_FILE) {
                throw e;
            }
            files.mkdir(folder);
        }
    }

    /** Names of the backups there, newest first. */
    List<String> list() throws IOException {
        List<String> names = new ArrayList<>();
        for (SftpClient.DirEntry entry : files.readDir(folder)) {
            if (TargetFolder.isFileName(entry.getFilename())) {
                names.add(entry.getFilename());
            }
        }
        names.sort(Comparator.reverseOrder());
        return names;
    }

    /**
     * Sends a backup, reads it back, and gives it its name when it is the same.
     *
     * @throws BackupException when what is there is another
     */
    void send(Path backup) throws IOException, BackupException {
        String target = folder + "/" + backup.getFileName();
        String part = target + PART;
        byte[] sent;
        try (InputStream in = Files.newInputStream(backup);
                OutputStream out = files.write(part)) {
            sent = copy(in, out);
        }
        byte[] there;
        try (InputStream in = files.read(part)) {
            there = copy(in, OutputStream.nullOutputStream());
        }
        if (!MessageDigest.isEqual(sent, there)) {
            throw new BackupException("what was sent is not what the server has of " + target);
        }
        files.rename(part, target);
    }

    private static byte[] copy(InputStream in, OutputStream out) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[BUFFER];
        while (true) {
            if (Thread.currentThread().isInterrupted()) {
                throw new IOException("the part is being stopped");
            }
            int read = in.read(buffer);
            if (read < 0) {
                return digest.digest();
            }
            digest.update(buffer, 0, read);
            out.write(buffer, 0, read);
        }
    }

    void remove(String name) throws IOException {
        files.remove(folder + "/" + name);
    }

    private static String words(Exception e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message.replaceAll("\\s+", " ");
    }

    @Override
    public void close() throws IOException {
        try {
            files.close();
            session.close();
        } finally {
            client.stop();
        }
    }
}
