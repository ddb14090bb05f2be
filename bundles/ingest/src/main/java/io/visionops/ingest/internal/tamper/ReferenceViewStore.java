package io.visionops.ingest.internal.tamper;

import io.visionops.support.WholeFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The usual views of cameras on disk, one file of a few kilobytes each, so that a camera that was
 * bumped while nobody looked is found out. A file that is damaged, or is of another version or
 * another source, is as good as none. Thread-safe for different cameras.
 */
final class ReferenceViewStore {

    private static final Logger LOG = LoggerFactory.getLogger(ReferenceViewStore.class);

    private static final int MAGIC = 0x564f5631;
    private static final int LARGEST = 1 << 20;
    private static final int MOST_CELLS = 1 << 16;
    private static final int FULL = 127;

    private static final String SUFFIX = ".view";

    private final Path folder;

    ReferenceViewStore(Path folder) {
        this.folder = folder;
    }

    /**
     * @param source what the view is of; one of another source is not believed
     */
    Optional<ReferenceView> load(String camera, String source) {
        try {
            Path file = file(camera);
            if (Files.size(file) > LARGEST) {
                throw new IOException("too large");
            }
            return read(Files.readAllBytes(file), source);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("camera {}: its usual view is learned anew: {}", camera, e.toString());
            return Optional.empty();
        }
    }

    private static Optional<ReferenceView> read(byte[] all, String source) throws IOException {
        int length = all.length - Long.BYTES;
        if (length < 0 || ByteBuffer.wrap(all).getLong(length) != checksum(all, length)) {
            throw new IOException("damaged");
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(all, 0, length))) {
            if (in.readInt() != MAGIC) {
                throw new IOException("of another version");
            }
            if (!in.readUTF().equals(source)) {
                return Optional.empty();
            }
            double sharpness = in.readDouble();
            double steps = in.readDouble();
            double contrast = in.readDouble();
            int columns = in.readInt();
            int rows = in.readInt();
            if (columns < 1 || rows < 1 || (long) columns * rows > MOST_CELLS) {
                throw new IOException("of " + columns + "x" + rows + " cells");
            }
            float[] even = floats(in, columns * rows);
            float[] odd = floats(in, columns * rows);
            return Optional.of(
                    new ReferenceView(
                            new EdgeMap(columns, rows, even, odd), sharpness, steps, contrast));
        }
    }

    private static float[] floats(DataInputStream in, int count) throws IOException {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) in.readByte() / FULL;
        }
        return values;
    }

    /**
     * Writes so that after a crash there is the old file or the new one.
     *
     * @throws IOException when the disk is full, for example; the old file stays
     */
    void save(String camera, String source, ReferenceView usual) throws IOException {
        byte[] content = bytes(source, usual);
        Files.createDirectories(folder);
        WholeFile.write(file(camera), content, true);
    }

    private static byte[] bytes(String source, ReferenceView usual) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            EdgeMap directions = usual.directions();
            out.writeInt(MAGIC);
            out.writeUTF(source);
            out.writeDouble(usual.sharpness());
            out.writeDouble(usual.steps());
            out.writeDouble(usual.contrast());
            out.writeInt(directions.columns());
            out.writeInt(directions.rows());
            write(out, directions.even());
            write(out, directions.odd());
            byte[] content = bytes.toByteArray();
            out.writeLong(checksum(content, content.length));
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, float[] values) throws IOException {
        for (float value : values) {
            out.writeByte(Math.round(value * FULL));
        }
    }

    private static long checksum(byte[] bytes, int length) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 0, length);
        return checksum.getValue();
    }

    /** The view of a camera that is gone, or that looks elsewhere on purpose, is no use. */
    void forget(String camera) {
        try {
            Files.deleteIfExists(file(camera));
        } catch (IOException e) {
            LOG.warn("camera {}: its usual view cannot be removed: {}", camera, e.toString());
        }
    }

    private Path file(String camera) {
        return folder.resolve(camera + SUFFIX);
    }
}
