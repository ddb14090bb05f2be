package io.visionops.security.internal.key;

import io.visionops.api.secret.SecretException;
import io.visionops.support.PrivateFile;
import io.visionops.support.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file with a master key that only its owner can read. */
record KeyFile(Path path) {

    private static final Logger LOG = LoggerFactory.getLogger(KeyFile.class);

    private static final Set<PosixFilePermission> ITS_OWNER_READS =
            PosixFilePermissions.fromString("r--------");

    private static final int LONGEST = 1024;

    boolean exists() {
        return Files.exists(path);
    }

    /**
     * The key in it; empty where there is no such file.
     *
     * @throws SecretException when it cannot be read, or is no key
     */
    Optional<AesKey> read() throws SecretException {
        Optional<byte[]> bytes = bytes();
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                parse(bytes.get())
                        .orElseThrow(
                                () ->
                                        new SecretException(
                                                "the master key "
                                                        + path
                                                        + " is damaged: it must be 32 bytes, or 64"
                                                        + " hexadecimal digits; put the right one"
                                                        + " back")));
    }

    /** What stands in it; empty where there is no such file. */
    Optional<byte[]> bytes() throws SecretException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(LONGEST);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new SecretException(
                    "the master key " + path + " cannot be read: " + e.getClass().getSimpleName(),
                    e);
        }
        closeToOthers();
        return Optional.of(bytes);
    }

    /** 32 bytes as they are, or written. */
    private static Optional<AesKey> parse(byte[] bytes) {
        try {
            if (bytes.length == AesKey.BYTES) {
                return Optional.of(AesKey.of(bytes));
            }
            String text = new String(bytes, StandardCharsets.US_ASCII).strip();
            return Optional.of(AesKey.of(HexFormat.of().parseHex(text)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private void closeToOthers() {
        try {
            Set<PosixFilePermission> open = Files.getPosixFilePermissions(path);
            if (open.contains(PosixFilePermission.OTHERS_READ)
                    || open.contains(PosixFilePermission.OTHERS_WRITE)) {
                Files.setPosixFilePermissions(path, ITS_OWNER_READS);
                LOG.warn("{} was open to every user of this computer, and is closed now", path);
            }
        } catch (IOException | UnsupportedOperationException e) {
            LOG.warn("who can read {} cannot be changed: {}", path, e.toString());
        }
    }

    void write(AesKey key) throws SecretException {
        write((key.text() + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** It and its name are on the disk when this returns. */
    void write(byte[] text) throws SecretException {
        try {
            PrivateFile.writeReadOnly(path, text);
        } catch (IOException e) {
            throw unwritten(e);
        }
    }

    /** Takes the place of another one. */
    void renameTo(KeyFile other) throws SecretException {
        try {
            WholeFile.rename(path, other.path);
            WholeFile.syncFolderOf(other.path);
        } catch (IOException e) {
            throw other.unwritten(e);
        }
    }

    private SecretException unwritten(IOException e) {
        return new SecretException(
                "the master key " + path + " cannot be written: " + e.getMessage(), e);
    }

    /** Its name is gone from the disk when this returns. */
    void delete() throws SecretException {
        try {
            Files.deleteIfExists(path);
            WholeFile.syncFolderOf(path);
        } catch (IOException e) {
            throw new SecretException(
                    "the master key " + path + " cannot be removed: " + e.getMessage(), e);
        }
    }
}
