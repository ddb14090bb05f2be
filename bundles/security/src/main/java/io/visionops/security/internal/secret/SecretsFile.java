package io.visionops.security.internal.secret;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.visionops.api.secret.SecretException;
import io.visionops.api.subject.Actor;
import io.visionops.security.internal.key.Sealed;
import io.visionops.support.PrivateFile;
import io.visionops.support.json.HandoverJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What stands in secrets.json.
 *
 * @param masterKey id of the key that {@code dataKey} is wrapped with
 * @param dataKey the key of all values, encrypted
 */
record SecretsFile(int format, String masterKey, Sealed dataKey, Map<String, Entry> secrets) {

    private static final int FORMAT = 1;

    private static final ObjectMapper JSON =
            HandoverJson.mapper().enable(SerializationFeature.INDENT_OUTPUT);

    /**
     * A secret.
     *
     * @param value encrypted, bound to all the rest
     */
    record Entry(int version, Instant changed, Actor by, Sealed value) {}

    static SecretsFile of(String masterKey, Sealed dataKey, Map<String, Entry> secrets) {
        return new SecretsFile(FORMAT, masterKey, dataKey, new TreeMap<>(secrets));
    }

    /**
     * @throws SecretException when it cannot be read, is damaged, or is of a later version of the
     *     program
     */
    static SecretsFile read(Path file) throws SecretException {
        try {
            return read(file, Files.readAllBytes(file));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static SecretsFile read(Path file, byte[] bytes) throws SecretException {
        SecretsFile read;
        try {
            read = JSON.readValue(bytes, SecretsFile.class);
        } catch (IOException e) {
            throw damaged(file);
        }
        if (read == null || !read.isWhole()) {
            throw damaged(file);
        }
        if (read.format != FORMAT) {
            throw new SecretException(
                    file
                            + " has format "
                            + read.format
                            + ", which this version of the program does not know: install the"
                            + " version that wrote it");
        }
        return read;
    }

    @SuppressWarnings("ConstantValue")
    private boolean isWhole() {
        return areThere(masterKey, dataKey, secrets)
                && areThere(dataKey.nonce(), dataKey.text())
                && secrets.values().stream()
                        .allMatch(
                                one ->
                                        areThere(one)
                                                && areThere(one.changed(), one.by(), one.value())
                                                && areThere(
                                                        one.value().nonce(), one.value().text()));
    }

    /** What JSON does not name is null, whatever the types say. */
    private static boolean areThere(@Nullable Object... values) {
        for (Object one : values) {
            if (one == null) {
                return false;
            }
        }
        return true;
    }

    static SecretException damaged(Path file) {
        return new SecretException(
                file
                        + " is damaged: restore a backup, or move it away and set the secrets anew"
                        + " with secret-set");
    }

    static SecretException unreadable(Path file, IOException e) {
        return new SecretException(
                file + " cannot be read: " + e.getClass().getSimpleName() + ": examine the disk",
                e);
    }

    /** Takes the place of what is there, as a whole. */
    void writeTo(Path file) throws IOException {
        PrivateFile.write(file, bytes());
    }

    private byte[] bytes() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
