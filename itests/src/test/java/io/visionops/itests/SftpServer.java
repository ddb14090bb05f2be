package io.visionops.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** Another computer that keeps copies: an SFTP server for one user. */
final class SftpServer implements AutoCloseable {

    private final SshServer server = SshServer.setUpDefaultServer();
    private final SimpleGeneratorHostKeyProvider key;

    SftpServer(Path folder, String user, String password) throws IOException {
        Instance.deleteTree(folder);
        Files.createDirectories(folder);
        key = new SimpleGeneratorHostKeyProvider(folder.resolveSibling("sftp-host-key"));
        key.setAlgorithm("EC");
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(key);
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        server.setFileSystemFactory(new VirtualFileSystemFactory(folder));
        server.setPasswordAuthenticator(
                (name, given, session) -> name.equals(user) && given.equals(password));
        server.start();
    }

    int port() {
        return server.getPort();
    }

    /** Fingerprint of its key. */
    String hostKey() {
        return KeyUtils.getFingerPrint(
                BuiltinDigests.sha256, key.loadKeys(null).iterator().next().getPublic());
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
