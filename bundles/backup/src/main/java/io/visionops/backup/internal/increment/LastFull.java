package io.visionops.backup.internal.increment;

import io.visionops.support.Sha256;
import io.visionops.support.WholeFile;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is kept of the last full backup so that increments can be made after it: a file beside the
 * database. Nothing is lost with it: the next backup is a full one then.
 */
public final class LastFull {

    private static final Logger LOG = LoggerFactory.getLogger(LastFull.class);
    private static final int SHA256 = 32;

    private final Path file;

    public LastFull(Path file) {
        this.file = file;
    }

    /**
     * A full backup.
     *
     * @param id its name
     * @param keyId with which key it is encrypted
     * @param sha256 of its database
     */
    public record Full(String id, String keyId, String sha256, BlockHashes blocks) {}

    public void keep(Full full) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF(full.id());
        out.writeUTF(full.keyId());
        out.writeUTF(full.sha256());
        full.blocks().write(out);
        out.write(Sha256.digest().digest(bytes.toByteArray()));
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        WholeFile.write(file, bytes.toByteArray(), WholeFile.OWNER_ONLY);
    }

    /** Empty where there is none, or it is damaged. */
    public Optional<Full> find() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(file))) {
            byte[] bytes = stream.readAllBytes();
            int length = bytes.length - SHA256;
            if (length < 0 || !isWhole(bytes, length)) {
                throw new IOException("it is damaged");
            }
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, length));
            return Optional.of(
                    new Full(
                            in.readUTF(),
                            in.readUTF(),
                            in.readUTF(),
                            BlockHashes.read(in, length)));
        } catch (IOException e) {
            LOG.warn("{} is not used, the next backup is a full one: {}", file, e.toString());
            return Optional.empty();
        }
    }

    private static boolean isWhole(byte[] bytes, int length) {
        MessageDigest digest = Sha256.digest();
        digest.update(bytes, 0, length);
        return MessageDigest.isEqual(
                digest.digest(), Arrays.copyOfRange(bytes, length, bytes.length));
    }
}
