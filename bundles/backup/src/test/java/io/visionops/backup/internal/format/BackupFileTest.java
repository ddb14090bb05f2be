package io.visionops.backup.internal.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.backup.BackupException;
import io.visionops.backup.internal.key.BackupKey;
import io.visionops.support.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackupFileTest {

    private static final Instant TIME = Instant.parse("2026-06-01T12:00:00Z");
    private static final int ENCRYPTED = ChunkCipher.CHUNK + ChunkCipher.TAG;

    /** A camera file holds a password. */
    private static final String PASSWORD = "rtsp://anna:sesame@cam";

    @TempDir Path folder;
    private final SecureRandom random = new SecureRandom();
    private final BackupKey key = BackupKey.random(random);
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("visionops-20260601T120000Z-full.vbk");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 400_000})
    void whatWasPutInComesOut(int length) throws Exception {
        byte[] database = bytes(length);
        write(
                Map.of(
                        Manifest.DATABASE,
                        database,
                        "etc/a.cfg",
                        PASSWORD.getBytes(StandardCharsets.UTF_8)));

        Map<String, byte[]> read = new TreeMap<>();
        Manifest manifest = unpack(read);

        assertThat(read.get(Manifest.DATABASE)).isEqualTo(database);
        assertThat(read.get("etc/a.cfg")).asString().isEqualTo(PASSWORD);
        assertThat(manifest.rows()).containsEntry("events", 3L);
        assertThat(new BackupReader(file).manifest(key)).isEqualTo(manifest);
        assertThat(new BackupReader(file).header())
                .isEqualTo(new Header(key.id(), "full", TIME, "1.0.0"));
    }

    @Test
    void nothingOfItStandsInClear() throws Exception {
        write(
                Map.of(
                        Manifest.DATABASE,
                        bytes(10),
                        "etc/front.cfg",
                        PASSWORD.getBytes(StandardCharsets.UTF_8)));

        String all = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);

        assertThat(all).contains("VISIONBK").doesNotContain("sesame", "front.cfg", "database");
        assertThat(all).doesNotContain(key.recoveryText());
    }

    @Test
    void everyFlippedBitIsFound() throws Exception {
        write(Map.of(Manifest.DATABASE, bytes(64)));
        byte[] whole = Files.readAllBytes(file);
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            Files.write(file, damaged);

            assertThatThrownBy(this::unpack)
                    .as("bit %d of %d bytes", bit, whole.length)
                    .isInstanceOf(BackupException.class)
                    .hasMessageStartingWith("visionops-20260601T120000Z-full.vbk: ");
        }
    }

    @Test
    void aFileThatEndsAnywhereIsFound() throws Exception {
        write(Map.of(Manifest.DATABASE, bytes(200_000)));
        byte[] whole = Files.readAllBytes(file);
        int header = header();
        for (int length = header; length < whole.length; length += 997) {
            refuseOfLength(whole, length);
        }
        for (int chunk = 0; header + chunk * ENCRYPTED < whole.length; chunk++) {
            refuseOfLength(whole, header + chunk * ENCRYPTED);
            assertThatThrownBy(this::unpack).hasMessageContaining("ends early");
        }
        for (int length = 0; length < header; length++) {
            refuseOfLength(whole, length);
        }
    }

    private void refuseOfLength(byte[] whole, int length) throws IOException {
        Files.write(file, Arrays.copyOf(whole, length));
        assertThatThrownBy(this::unpack)
                .as("%d of %d bytes", length, whole.length)
                .isInstanceOf(BackupException.class);
    }

    @Test
    void chunksThatChangedPlacesOrStandTwiceAreFound() throws Exception {
        write(Map.of(Manifest.DATABASE, bytes(400_000)));
        byte[] whole = Files.readAllBytes(file);
        int header = header();
        int chunks = (whole.length - header) / ENCRYPTED;
        assertThat(chunks).isGreaterThanOrEqualTo(5);
        for (int one = 0; one < chunks; one++) {
            for (int other = one + 1; other < chunks; other++) {
                byte[] swapped = whole.clone();
                System.arraycopy(
                        whole,
                        header + one * ENCRYPTED,
                        swapped,
                        header + other * ENCRYPTED,
                        ENCRYPTED);
                Files.write(file, swapped);
                assertThatThrownBy(this::unpack).hasMessageContaining("not in its place");
                System.arraycopy(
                        whole,
                        header + other * ENCRYPTED,
                        swapped,
                        header + one * ENCRYPTED,
                        ENCRYPTED);
                Files.write(file, swapped);
                assertThatThrownBy(this::unpack).hasMessageContaining("not in its place");
            }
        }
    }

    @Test
    void whatIsAppendedOrLeftOutInTheMiddleIsFound() throws Exception {
        write(Map.of(Manifest.DATABASE, bytes(400_000)));
        byte[] whole = Files.readAllBytes(file);
        int header = header();

        Files.write(file, joined(whole, new byte[] {0}));
        assertThatThrownBy(this::unpack).isInstanceOf(BackupException.class);

        Files.write(file, joined(whole, Arrays.copyOfRange(whole, header, whole.length)));
        assertThatThrownBy(this::unpack).isInstanceOf(BackupException.class);

        Files.write(
                file,
                joined(
                        Arrays.copyOf(whole, header + ENCRYPTED),
                        Arrays.copyOfRange(whole, header + 2 * ENCRYPTED, whole.length)));
        assertThatThrownBy(this::unpack).hasMessageContaining("not in its place");
    }

    @Test
    void chunksOfAnotherBackupWithTheSameKeyDoNotFit() throws Exception {
        write(Map.of(Manifest.DATABASE, bytes(400_000)));
        byte[] first = Files.readAllBytes(file);
        write(Map.of(Manifest.DATABASE, bytes(400_000)));
        byte[] second = Files.readAllBytes(file);
        System.arraycopy(first, header(), second, header(), ENCRYPTED);
        Files.write(file, second);

        assertThatThrownBy(this::unpack).hasMessageContaining("chunk 0");
    }

    @Test
    void anotherKeyIsNamedAsSuch() throws Exception {
        write(Map.of(Manifest.DATABASE, bytes(64)));
        BackupKey other = BackupKey.random(random);

        assertThatThrownBy(() -> new BackupReader(file).manifest(other))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("another key")
                .hasMessageContaining(key.id())
                .hasMessageContaining(other.id())
                .hasMessageContaining("--key-file");
    }

    static Stream<List<Manifest.Item>> badItems() {
        String sha = "0".repeat(64);
        Stream<String> names =
                Stream.of(
                        "/etc/passwd",
                        "etc/../../x",
                        "etc/..",
                        "etc/.",
                        "etc/./a",
                        "etc//a",
                        "etc/",
                        "etc",
                        "models/../etc/a",
                        "models/a/../../b",
                        "models/",
                        "models\\a",
                        "etc/a\\..\\b",
                        "etc/a\u0000b",
                        "etc/a\nb",
                        "database/other.db",
                        "database/../visionops.db",
                        "../visionops.db",
                        "visionops.db",
                        "keys/backup.key",
                        "snapshots/a.jpg",
                        "releases/state",
                        "lib/a.jar",
                        "",
                        " ",
                        ".",
                        "..",
                        "~/a",
                        "C:\\a",
                        "file:/a",
                        "ETC/a",
                        "etc /a",
                        "log/visionops.log",
                        "run/launcher.pid",
                        "bin/visionops",
                        "quarantine/a");
        Manifest.Item database = new Manifest.Item(Manifest.DATABASE, 0, sha);
        return Stream.concat(
                names.map(name -> List.of(database, new Manifest.Item(name, 0, sha))),
                Stream.of(
                        List.of(),
                        List.of(new Manifest.Item("etc/a", 0, sha)),
                        List.of(database, database),
                        List.of(new Manifest.Item(Manifest.DATABASE, 0, "")),
                        List.of(new Manifest.Item(Manifest.DATABASE, 0, sha + "0")),
                        List.of(new Manifest.Item(Manifest.DATABASE, 0, "g".repeat(64)))));
    }

    @ParameterizedTest
    @MethodSource("badItems")
    void aManifestWithWhatDoesNotBelongIntoABackupIsRefusedEvenWithTheRightKey(
            List<Manifest.Item> items) throws Exception {
        Path empty = Files.createFile(folder.resolve("empty"));
        new BackupWriter(key, random)
                .write(
                        file,
                        new Header(key.id(), "full", TIME, "1.0.0"),
                        new Manifest(
                                4,
                                items.stream()
                                        .map(
                                                one ->
                                                        new Manifest.Item(
                                                                one.name(),
                                                                one.length(),
                                                                one.sha256()))
                                        .toList(),
                                Map.of()),
                        name -> empty,
                        bytes -> {});

        assertThatThrownBy(this::unpack)
                .isInstanceOf(BackupException.class)
                .hasMessageContaining(
                        items.isEmpty()
                                        || items.size() == 1
                                                && items.get(0).name().startsWith("etc")
                                ? "no database"
                                : "its manifest has");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    void aLengthBelowZeroIsRefused(long length) {
        Manifest manifest =
                new Manifest(
                        4,
                        List.of(new Manifest.Item(Manifest.DATABASE, length, "0".repeat(64))),
                        Map.of());

        assertThatThrownBy(manifest::check).hasMessageContaining("no length");
    }

    @Test
    void contentsThatAreNotWhatTheManifestSaysAreRefused() throws Exception {
        Path database = Files.write(folder.resolve("db"), bytes(100));
        Manifest manifest =
                new Manifest(
                        4,
                        List.of(new Manifest.Item(Manifest.DATABASE, 100, "0".repeat(64))),
                        Map.of());
        new BackupWriter(key, random)
                .write(
                        file,
                        new Header(key.id(), "full", TIME, "1"),
                        manifest,
                        name -> database,
                        bytes -> {});

        assertThatThrownBy(this::unpack).hasMessageContaining("not what was backed up");
    }

    @Test
    void aFileThatGrowsWhileItIsReadMakesNoBackup() throws Exception {
        Path database = Files.write(folder.resolve("db"), bytes(100));
        Manifest manifest =
                new Manifest(
                        4,
                        List.of(new Manifest.Item(Manifest.DATABASE, 99, "0".repeat(64))),
                        Map.of());

        assertThatThrownBy(
                        () ->
                                new BackupWriter(key, random)
                                        .write(
                                                file,
                                                new Header(key.id(), "full", TIME, "1"),
                                                manifest,
                                                name -> database,
                                                bytes -> {}))
                .hasMessageContaining("has changed");
        assertThat(folder).isDirectoryNotContaining("glob:**.vbk*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "V", "PK\u0003\u0004 a zip", "VISIONBK", "SQLite format 3"})
    void whatIsNoBackupIsNamedAsSuch(String content) throws Exception {
        Files.writeString(file, content);

        assertThatThrownBy(() -> new BackupReader(file).header())
                .isInstanceOf(BackupException.class)
                .hasMessageMatching("(?s).*(not a backup|ends within its header).*");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> new BackupReader(file).header())
                .hasMessageContaining("there is no backup");
    }

    private int header() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        return 8 + 2 + 2 + ((whole[10] & 0xff) << 8 | whole[11] & 0xff) + Header.SALT;
    }

    private void write(Map<String, byte[]> contents) throws IOException {
        TreeMap<String, byte[]> sorted = new TreeMap<>(contents);
        List<Manifest.Item> items =
                sorted.entrySet().stream()
                        .map(
                                one ->
                                        new Manifest.Item(
                                                one.getKey(),
                                                one.getValue().length,
                                                sha256(one.getValue())))
                        .toList();
        int number = 0;
        Map<String, Path> files = new TreeMap<>();
        for (Map.Entry<String, byte[]> one : sorted.entrySet()) {
            files.put(
                    one.getKey(),
                    Files.write(folder.resolve("content" + number++), one.getValue()));
        }
        new BackupWriter(key, random)
                .write(
                        file,
                        new Header(key.id(), "full", TIME, "1.0.0"),
                        new Manifest(4, items, Map.of("events", 3L)),
                        files::get,
                        bytes -> {});
    }

    private void unpack() throws BackupException {
        unpack(new TreeMap<>());
    }

    private Manifest unpack(Map<String, byte[]> read) throws BackupException {
        return new BackupReader(file)
                .unpack(
                        key,
                        item ->
                                new ByteArrayOutputStream() {
                                    @Override
                                    public void close() {
                                        read.put(item.name(), toByteArray());
                                    }
                                },
                        bytes -> {});
    }

    /** That do not get smaller when they are packed. */
    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] all = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        return all;
    }

    private static String sha256(byte[] bytes) {
        return Sha256.hex(bytes);
    }
}
