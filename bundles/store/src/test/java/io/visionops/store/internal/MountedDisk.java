package io.visionops.store.internal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A small file system of its own, for a test that is run by root; others are skipped. */
final class MountedDisk implements AutoCloseable {

    private final Path image;
    private final Path folder;

    private MountedDisk(Path image, Path folder) {
        this.image = image;
        this.folder = folder;
    }

    /** In memory. */
    static MountedDisk inMemory(Path scratch, int megabytes) throws Exception {
        Path folder = Files.createDirectory(scratch.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", "" + folder),
                "a file system is mounted by root alone");
        return new MountedDisk(scratch.resolve("none"), folder);
    }

    /** In a file; it turns read-only by itself after an error. */
    static MountedDisk inFile(Path scratch, int megabytes) throws Exception {
        Path image = scratch.resolve("image");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength((long) megabytes << 20);
        }
        Path folder = Files.createDirectory(scratch.resolve("disk"));
        MountedDisk disk = new MountedDisk(image, folder);
        assumeTrue(run("mkfs.ext4", "-q", "" + image) && disk.mount(), "no loop device here");
        return disk;
    }

    /**
     * A data folder on it. The library of SQLite lies elsewhere: what a process has loaded keeps a
     * file system from being unmounted.
     */
    Path dataFolder() throws IOException {
        Path natives = Files.createDirectories(folder.resolveSibling("natives"));
        Path link = folder.resolve("natives");
        if (Files.notExists(link)) {
            Files.createSymbolicLink(link, natives);
        }
        return folder;
    }

    Path folder() {
        return folder;
    }

    long free() {
        return folder.toFile().getUsableSpace();
    }

    boolean mount() throws Exception {
        return run("mount", "-o", "loop,errors=remount-ro", "" + image, "" + folder);
    }

    boolean unmount() throws Exception {
        return run("umount", "" + folder);
    }

    boolean mend() throws Exception {
        run("fsck.ext4", "-y", "" + image);
        return mount();
    }

    /** As after an error of the disk. */
    void turnReadOnly() throws Exception {
        String device = "";
        for (String line : Files.readAllLines(Path.of("/proc/mounts"))) {
            if (line.contains(" " + folder.toRealPath() + " ")) {
                device = Path.of(line.split(" ")[0]).getFileName().toString();
            }
        }
        Path trigger = Path.of("/sys/fs/ext4", device, "trigger_fs_error");
        assumeTrue(Files.isWritable(trigger), "this kernel cannot be told");
        Files.writeString(trigger, "1");
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assumeTrue(process.waitFor(60, TimeUnit.SECONDS), said);
            return process.exitValue() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    @Override
    public void close() throws Exception {
        if (!unmount()) {
            run("umount", "-l", "" + folder);
        }
    }
}
