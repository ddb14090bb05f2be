package io.visionops.security.internal.audit.chain;

import io.visionops.support.PrivateFile;
import io.visionops.support.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys of the audit: that of the epoch that is open, that of the device, and the first one
 * until somebody has taken it away. For one thread at a time.
 */
public final class KeyFolder {

    private static final Pattern KEY = Pattern.compile("(\\d{1,18}) ([0-9a-f]{64})\\s*");

    private final Path folder;

    public KeyFolder(Path folder) {
        this.folder = folder;
    }

    private Path epochFile() {
        return folder.resolve("audit-epoch.key");
    }

    private Path passingFile() {
        return folder.resolve("audit-epoch.key.next");
    }

    /** Where the first key lies until it is taken away. */
    public Path initialFile() {
        return folder.resolve("audit-initial.key");
    }

    private Path deviceFile() {
        return folder.resolve("audit-device.key");
    }

    /** Of the epoch that is open; empty where there is none or it cannot be understood. */
    public Optional<EpochKey> epoch() throws IOException {
        // After a cut the old file may be overwritten already and the new one not yet in its place.
        Optional<EpochKey> passing = key(passingFile());
        return passing.isPresent() ? passing : key(epochFile());
    }

    /**
     * Keeps the key of the next epoch, and overwrites the one before. On a flash disk the old one
     * may still be somewhere for who takes it apart.
     */
    void put(EpochKey key) throws IOException {
        write(passingFile(), text(key));
        overwrite(epochFile());
        WholeFile.rename(passingFile(), epochFile());
        WholeFile.syncFolderOf(epochFile());
    }

    /** The key that all others follow from, for who verifies. */
    public Optional<EpochKey> initial() throws IOException {
        return key(initialFile());
    }

    /**
     * @throws IllegalArgumentException when it is none
     */
    public static EpochKey read(String text) {
        return parse(text)
                .orElseThrow(() -> new IllegalArgumentException("no first key of an audit"));
    }

    void putInitial(EpochKey key) throws IOException {
        write(initialFile(), text(key));
    }

    /** When it is kept elsewhere. */
    public void forgetInitial() throws IOException {
        overwrite(initialFile());
        Files.deleteIfExists(initialFile());
        WholeFile.syncFolderOf(initialFile());
    }

    /** By which the device signs; empty where it has no key yet. */
    public Optional<DevicePublicKey> publicKey() throws IOException {
        return Files.exists(deviceFile()) ? Optional.of(device().known()) : Optional.empty();
    }

    /** The key of the device; made when there is none. */
    DeviceKey device() throws IOException {
        if (!Files.exists(deviceFile())) {
            DeviceKey made = DeviceKey.generate();
            write(deviceFile(), made.text());
            return made;
        }
        try {
            return DeviceKey.read(Files.readString(deviceFile(), StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw new IOException(deviceFile() + " is no device key", e);
        }
    }

    /** As its file has it. */
    public static String text(EpochKey key) {
        return key.epoch() + " " + HexFormat.of().formatHex(key.bytes()) + "\n";
    }

    private static Optional<EpochKey> key(Path file) throws IOException {
        try {
            return parse(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Optional<EpochKey> parse(String text) {
        Matcher matcher = KEY.matcher(text);
        return matcher.matches()
                ? Optional.of(
                        new EpochKey(
                                Long.parseLong(matcher.group(1)),
                                HexFormat.of().parseHex(matcher.group(2))))
                : Optional.empty();
    }

    private void write(Path file, String text) throws IOException {
        PrivateFile.write(file, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void overwrite(Path file) throws IOException {
        if (Files.exists(file)) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.allocate((int) channel.size()));
                channel.force(true);
            }
        }
    }
}
