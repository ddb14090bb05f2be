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
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the master key is: a credential that systemd hands over, or else a file that only its owner
 * can read.
 */
public final class MasterKeys {

    /** Name of the credential, as in {@code LoadCredentialEncrypted=visionops.master}. */
    public static final String CREDENTIAL = "visionops.master";

    private static final Logger LOG = LoggerFactory.getLogger(MasterKeys.class);

    private static final Set<PosixFilePermission> ITS_OWNER_READS =
            PosixFilePermissions.fromString("r--------");

    private static final int LONGEST = 1024;

    private final Optional<Path> credential;
    private final Path file;
    private final SecureRandom random;

    /**
     * @param credentials folder of credentials that systemd has made for this program
     * @param file where the key lies without a credential, and where one is made
     */
    public MasterKeys(Optional<Path> credentials, Path file, SecureRandom random) {
        this.credential = credentials.map(folder -> folder.resolve(CREDENTIAL));
        this.file = file;
        this.random = random;
    }

    /** Where the key is looked for now, for a person. */
    public String place() {
        return isCredential() ? "systemd credential " + CREDENTIAL : file.toString();
    }

    /** The file that the key lies in; empty where it is a credential. */
    public Optional<Path> file() {
        return isCredential() ? Optional.empty() : Optional.of(file);
    }

    private boolean isCredential() {
        return credential.filter(Files::exists).isPresent();
    }

    /**
     * The key; empty where none has been made.
     *
     * @throws SecretException when it cannot be read, or is no key
     */
    public Optional<AesKey> find() throws SecretException {
        if (credential.isPresent()) {
            Optional<AesKey> handedOver = read(credential.get());
            if (handedOver.isPresent()) {
                return handedOver;
            }
        }
        return read(file);
    }

    /** Makes the key file. Only where there is no key. */
    public AesKey make() throws SecretException {
        AesKey key = AesKey.random(random);
        write(file, key);
        LOG.info("master key {} is made: {}", key.id(), file);
        return key;
    }

    /**
     * Makes the key that is to follow, beside the present one: what is encrypted with it can be
     * written before {@link #adopt} puts it in place, and found again if that does not come about.
     */
    public AesKey makeNext() throws SecretException {
        AesKey key = AesKey.random(random);
        write(next(), key);
        return key;
    }

    /** Puts the key that was to follow in place, if it has that id. */
    public Optional<AesKey> adopt(String id) throws SecretException {
        Optional<AesKey> key = isCredential() ? Optional.empty() : read(next());
        if (key.filter(one -> one.id().equals(id)).isEmpty()) {
            return Optional.empty();
        }
        try {
            WholeFile.rename(next(), file);
            WholeFile.syncFolderOf(file);
        } catch (IOException e) {
            throw new SecretException(
                    "the master key " + file + " cannot be written: " + e.getMessage(), e);
        }
        LOG.info("master key {} is in place: {}", id, file);
        return key;
    }

    private Path next() {
        return file.resolveSibling(file.getFileName() + ".next");
    }

    private static void write(Path file, AesKey key) throws SecretException {
        try {
            byte[] text = (key.text() + "\n").getBytes(StandardCharsets.US_ASCII);
            PrivateFile.writeReadOnly(file, text);
        } catch (IOException e) {
            throw new SecretException(
                    "the master key " + file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static Optional<AesKey> read(Path place) throws SecretException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(place)) {
            bytes = in.readNBytes(LONGEST);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new SecretException(
                    "the master key " + place + " cannot be read: " + e.getClass().getSimpleName(),
                    e);
        }
        closeToOthers(place);
        return Optional.of(
                parse(bytes)
                        .orElseThrow(
                                () ->
                                        new SecretException(
                                                "the master key "
                                                        + place
                                                        + " is damaged: it must be 32 bytes, or 64"
                                                        + " hexadecimal digits; put the right one"
                                                        + " back")));
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

    private static void closeToOthers(Path place) {
        try {
            Set<PosixFilePermission> open = Files.getPosixFilePermissions(place);
            if (open.contains(PosixFilePermission.OTHERS_READ)
                    || open.contains(PosixFilePermission.OTHERS_WRITE)) {
                Files.setPosixFilePermissions(place, ITS_OWNER_READS);
                LOG.warn("{} was open to every user of this computer, and is closed now", place);
            }
        } catch (IOException | UnsupportedOperationException e) {
            LOG.warn("who can read {} cannot be changed: {}", place, e.toString());
        }
    }
}
