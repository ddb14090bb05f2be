package io.visionops.testkit.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedDiskTest {

    @TempDir Path folder;

    /** Every set of files that a cut can leave, as one line each. */
    private static Set<String> found(RecordedDisk disk) throws Exception {
        Set<String> found = new TreeSet<>();
        disk.states().each(new Random(1), 20, (cut, state) -> found.add(line(state)));
        return found;
    }

    private static String line(DiskState state) {
        StringBuilder line = new StringBuilder();
        for (Map.Entry<String, byte[]> file : state.contents().entrySet()) {
            line.append(file.getKey())
                    .append('=')
                    .append(new String(file.getValue(), StandardCharsets.UTF_8).replace('\0', '0'))
                    .append(' ');
        }
        return line.toString().strip();
    }

    private static void write(Path file, String text, boolean synced) throws Exception {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(StandardCharsets.UTF_8.encode(text));
            if (synced) {
                channel.force(true);
            }
        }
    }

    private static void sync(Path folder) throws Exception {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void move(Path from, Path to) throws Exception {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void aFileThatIsSyncedBeforeItIsRenamedIsTheOldOrTheNewOne() throws Exception {
        Files.writeString(folder.resolve("a"), "old");
        RecordedDisk disk = new RecordedDisk(folder);

        write(disk.root().resolve("b"), "fresh", true);
        int written = disk.count();
        move(disk.root().resolve("b"), disk.root().resolve("a"));
        sync(disk.root());

        assertThat(folder.resolve("a")).hasContent("fresh");
        Set<String> after = new TreeSet<>();
        disk.states()
                .each(
                        new Random(1),
                        20,
                        (cut, state) -> {
                            if (cut.after() > written) {
                                after.add(line(state));
                            }
                        });
        assertThat(after).containsExactlyInAnyOrder("a=old", "a=old b=fresh", "a=fresh");
        assertThat(found(disk)).contains("a=old b=fr", "a=old b=00000", "a=old b=");
    }

    @Test
    void aFileThatIsNotSyncedMayBeTornUnderItsName() throws Exception {
        Files.writeString(folder.resolve("a"), "old");
        RecordedDisk disk = new RecordedDisk(folder);

        write(disk.root().resolve("b"), "fresh", false);
        move(disk.root().resolve("b"), disk.root().resolve("a"));
        sync(disk.root());

        assertThat(found(disk)).contains("a=", "a=fresh", "a=old");
    }

    @Test
    void aDiskThatLiesOnceLeavesWhatItSaidWasSynced() throws Exception {
        RecordedDisk disk = new RecordedDisk(folder);

        write(disk.root().resolve("b"), "fresh", true);
        move(disk.root().resolve("b"), disk.root().resolve("a"));
        sync(disk.root());
        disk.pause();
        write(disk.root().resolve("c"), "more", true);

        Set<String> lies = new TreeSet<>();
        disk.states().eachLie(new Random(1), 100, (cut, state) -> lies.add(line(state)));
        assertThat(lies).contains("a=").noneMatch(line -> line.contains("a= c"));
    }

    @Test
    void linksFoldersAndWhatIsTakenAwayAreFollowed() throws Exception {
        Files.createDirectories(folder.resolve("x/y"));
        Files.writeString(folder.resolve("x/y/one"), "1");
        RecordedDisk disk = new RecordedDisk(folder);

        Files.createDirectories(disk.root().resolve("z/w"));
        Files.createLink(disk.root().resolve("z/w/two"), disk.root().resolve("x").resolve("y/one"));
        move(disk.root().resolve("z"), disk.root().resolve("v"));
        Files.delete(disk.root().resolve("x/y/one"));

        assertThat(found(disk)).contains("v/w/two=1", "v/w/two=1 x/y/one=1", "x/y/one=1");
        try (Stream<Path> all = Files.walk(disk.root())) {
            assertThat(all.map(path -> disk.root().relativize(path).toString()))
                    .containsExactlyInAnyOrder("", "v", "v/w", "v/w/two", "x", "x/y");
        }
    }

    @Test
    void aStateCanBeMadeAFolderAgain() throws Exception {
        Files.writeString(folder.resolve("a"), "old");
        RecordedDisk disk = new RecordedDisk(folder);
        write(disk.root().resolve("b"), "fresh", true);

        disk.states()
                .each(
                        new Random(1),
                        5,
                        (cut, state) -> {
                            state.writeTo(folder);
                            assertThat(line(DiskState.read(folder, new Numbers())))
                                    .isEqualTo(line(state));
                        });
    }

    private static final class Numbers implements java.util.function.LongSupplier {

        private long last;

        @Override
        public long getAsLong() {
            return ++last;
        }
    }
}
