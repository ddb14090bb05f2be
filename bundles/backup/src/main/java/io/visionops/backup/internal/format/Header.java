package io.visionops.backup.internal.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.api.backup.BackupException;
import io.visionops.support.json.HandoverJson;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * What stands in clear at the beginning of a backup; nothing of it is secret, and every chunk is
 * bound to it.
 *
 * @param keyId which key it is encrypted with
 * @param kind {@code full} or {@code increment}
 * @param version of the program
 */
public record Header(String keyId, String kind, Instant time, String version) {

    /** The format that this program writes, and the only one that it reads. */
    static final int FORMAT = 1;

    static final int SALT = 32;

    private static final byte[] MAGIC = "VISIONBK".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST = 4096;
    private static final ObjectMapper JSON = HandoverJson.mapper();

    /** As read from a file: the bytes of the header bind the chunks to it. */
    record Read(Header header, byte[] salt, byte[] bytes) {}

    /** The whole beginning of a file. */
    byte[] bytes(byte[] salt) {
        try {
            byte[] json = JSON.writeValueAsBytes(this);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.write(MAGIC);
            out.writeShort(FORMAT);
            out.writeShort(json.length);
            out.write(json);
            out.write(salt);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @throws BackupException when it is not the beginning of a backup, or of another format
     */
    static Read read(InputStream stream) throws BackupException, IOException {
        DataInputStream in = new DataInputStream(stream);
        try {
            byte[] magic = in.readNBytes(MAGIC.length);
            if (!Arrays.equals(magic, MAGIC)) {
                throw new BackupException("it is not a backup of VisionOps");
            }
            int format = in.readUnsignedShort();
            if (format != FORMAT) {
                throw new BackupException(
                        "its format is "
                                + format
                                + ", this program reads "
                                + FORMAT
                                + ": it was made by another version, or is damaged");
            }
            int length = in.readUnsignedShort();
            if (length > LONGEST) {
                throw new BackupException("its header is damaged");
            }
            byte[] json = in.readNBytes(length);
            byte[] salt = in.readNBytes(SALT);
            if (json.length < length || salt.length < SALT) {
                throw new EOFException();
            }
            Header header = JSON.readValue(json, Header.class);
            if (header == null || !header.isComplete()) {
                throw new BackupException("its header is damaged");
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.write(MAGIC);
            out.writeShort(format);
            out.writeShort(length);
            out.write(json);
            out.write(salt);
            return new Read(header, salt, bytes.toByteArray());
        } catch (EOFException e) {
            throw new BackupException("the file ends within its header", e);
        } catch (JsonProcessingException e) {
            throw new BackupException("its header is damaged", e);
        }
    }

    @SuppressWarnings("ConstantConditions") // JSON may lack what Java promises.
    private boolean isComplete() {
        return keyId != null && kind != null && time != null && version != null;
    }
}
