package io.visionops.launcher.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One process, for good: pids are used again, after a restart of the computer even with the same
 * start time, which is counted from there.
 *
 * @param startTime in clock ticks since boot (field 22 of proc(5) stat); elsewhere, milliseconds of
 *     its start
 * @param boot id of this run of the computer; empty where there is none
 */
public record ProcessIdentity(long pid, String startTime, String boot) {

    private static final Path PROC = Path.of("/proc");
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    /** The process that has this pid now, unless it is dead. */
    public static Optional<ProcessIdentity> of(long pid) {
        if (!Files.isDirectory(PROC.resolve("self"))) {
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .map(one -> one.info().startInstant().map(at -> at.toEpochMilli()).orElse(0L))
                    .map(start -> new ProcessIdentity(pid, String.valueOf(start), ""));
        }
        try {
            String stat =
                    Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            // The name, in brackets, may hold anything.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            boolean dead = fields[0].equals("Z") || fields[0].equals("X");
            return dead
                    ? Optional.empty()
                    : Optional.of(new ProcessIdentity(pid, fields[19], bootId()));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static String bootId() throws IOException {
        return Files.isReadable(BOOT) ? Files.readString(BOOT).strip() : "";
    }

    /** The process that a file names, if it lives. */
    public static Optional<ProcessIdentity> alive(Path file) {
        try {
            String[] words = Files.readString(file).strip().split("\\s+");
            if (words.length < 2 || !words[0].matches("[0-9]{1,18}")) {
                return Optional.empty();
            }
            ProcessIdentity known =
                    new ProcessIdentity(
                            Long.parseLong(words[0]), words[1], words.length > 2 ? words[2] : "");
            return of(known.pid()).filter(known::equals);
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    public String line() {
        return pid + " " + startTime + " " + boot + "\n";
    }

    /** Writes it to a file, in one step. */
    public void record(Path file) throws IOException {
        Folders.write(file, line());
    }
}
