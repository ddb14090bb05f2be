package io.visionops.backup.internal.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdInputStream;
import io.visionops.api.backup.BackupException;
import io.visionops.backup.internal.key.BackupKey;
import io.visionops.support.Sha256;
import io.visionops.support.json.HandoverJson;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Reads a backup; every refusal is one line that says what is wrong. */
public final class BackupReader {

    private static final int LONGEST_MANIFEST = 16 << 20;
    private static final int BUFFER = 1 << 18;
    private static final ObjectMapper JSON = HandoverJson.mapper();

    private final Path file;

    public BackupReader(Path file) {
        this.file = file;
    }

    /** Where the contents of a file go; called in the order of the manifest. */
    @FunctionalInterface
    public interface Sink {
        OutputStream of(Manifest.Item item) throws IOException;
    }

    @FunctionalInterface
    private interface Reading<T> {
        T from(InputStream in) throws BackupException, IOException;
    }

    /** The plain beginning; needs no key. */
    public Header header() throws BackupException {
        return reading(in -> Header.read(in).header());
    }

    /** What is in it; the rest is not read, and not verified by that. */
    public Manifest manifest(BackupKey key) throws BackupException {
        return reading(in -> manifest(opened(in, key)));
    }

    /** Reads it to the end and gives every file whose checksum is verified by the end of it. */
    public Manifest unpack(BackupKey key, Sink sink, Progress progress) throws BackupException {
        return reading(
                in -> {
                    DataInputStream data = opened(in, key);
                    Manifest manifest = manifest(data);
                    for (Manifest.Item item : manifest.files()) {
                        copy(data, item, sink, progress);
                    }
                    if (data.read() >= 0) {
                        throw new BackupException("there is more in it than its manifest says");
                    }
                    return manifest;
                });
    }

    private <T> T reading(Reading<T> reading) throws BackupException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            return reading.from(in);
        } catch (BackupException e) {
            throw new BackupException(file.getFileName() + ": " + e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw new BackupException("there is no backup " + file, e);
        } catch (EOFException e) {
            throw new BackupException(
                    file.getFileName() + ": there is less in it than its manifest says", e);
        } catch (IOException e) {
            throw new BackupException(file.getFileName() + ": " + words(e), e);
        }
    }

    private static String words(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message.replaceAll("\\s+", " ");
    }

    private static DataInputStream opened(InputStream in, BackupKey key)
            throws BackupException, IOException {
        Header.Read read = Header.read(in);
        if (!read.header().keyId().equals(key.id())) {
            throw new BackupException(
                    "it was encrypted with another key ("
                            + read.header().keyId().replaceAll("[^0-9a-zA-Z]", "?")
                            + ", the one given is "
                            + key.id()
                            + "): give the key of the installation that made it, --key-file FILE");
        }
        ChunkCipher cipher = new ChunkCipher(key.ofFile(read.salt()), read.bytes());
        return new DataInputStream(new ZstdInputStream(new DecryptingStream(in, cipher)));
    }

    private static Manifest manifest(DataInputStream in) throws BackupException, IOException {
        int length = in.readInt();
        if (length < 0 || length > LONGEST_MANIFEST) {
            throw new BackupException("its manifest is damaged");
        }
        byte[] json = new byte[length];
        in.readFully(json);
        try {
            Manifest manifest = JSON.readValue(json, Manifest.class);
            manifest.check();
            return manifest;
        } catch (JsonProcessingException e) {
            throw new BackupException("its manifest is damaged", e);
        }
    }

    private static void copy(DataInputStream in, Manifest.Item item, Sink sink, Progress progress)
            throws BackupException, IOException {
        MessageDigest sha = Sha256.digest();
        byte[] buffer = new byte[BUFFER];
        try (OutputStream out = sink.of(item)) {
            long left = item.length();
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (read < 0) {
                    throw new EOFException();
                }
                sha.update(buffer, 0, read);
                out.write(buffer, 0, read);
                left -= read;
                progress.done(read);
            }
        }
        if (!HexFormat.of().formatHex(sha.digest()).equals(item.sha256())) {
            throw new BackupException(item.name() + " is not what was backed up");
        }
    }
}
