package io.visionops.backup.internal.format;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdOutputStream;
import io.visionops.backup.internal.key.BackupKey;
import io.visionops.support.WholeFile;
import io.visionops.support.json.HandoverJson;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** Writes a backup: a file that is there as a whole or not at all. */
public final class BackupWriter {

    private static final int LEVEL = 3;
    private static final int BUFFER = 1 << 18;
    private static final ObjectMapper JSON = HandoverJson.mapper();

    private final BackupKey key;
    private final SecureRandom random;

    public BackupWriter(BackupKey key, SecureRandom random) {
        this.key = key;
        this.random = random;
    }

    /** Where the contents of a file come from. */
    @FunctionalInterface
    public interface Contents {
        Path of(String name);
    }

    /**
     * @param file that is made, by way of {@code NAME.part}
     * @throws IOException when it cannot be written, or a file has another length than before
     */
    public void write(
            Path file, Header header, Manifest manifest, Contents contents, Progress progress)
            throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            byte[] salt = new byte[Header.SALT];
            random.nextBytes(salt);
            byte[] beginning = header.bytes(salt);
            try (OutputStream out = new BufferedOutputStream(PassingFile.stream(part), BUFFER)) {
                out.write(beginning);
                EncryptingStream encrypted =
                        new EncryptingStream(out, new ChunkCipher(key.ofFile(salt), beginning));
                try (ZstdOutputStream packed = new ZstdOutputStream(encrypted, LEVEL)) {
                    fill(new DataOutputStream(packed), manifest, contents, progress);
                }
                encrypted.finish();
            }
            WholeFile.put(part, file);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void fill(
            DataOutputStream out, Manifest manifest, Contents contents, Progress progress)
            throws IOException {
        byte[] json = JSON.writeValueAsBytes(manifest);
        out.writeInt(json.length);
        out.write(json);
        byte[] buffer = new byte[BUFFER];
        for (Manifest.Item item : manifest.files()) {
            long length = 0;
            try (InputStream in = Files.newInputStream(contents.of(item.name()))) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    length += read;
                    out.write(buffer, 0, read);
                    progress.done(read);
                }
            }
            if (length != item.length()) {
                throw new IOException(item.name() + " has changed while it was read");
            }
        }
        out.flush();
    }
}
