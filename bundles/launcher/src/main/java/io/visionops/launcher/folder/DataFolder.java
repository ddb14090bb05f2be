package io.visionops.launcher.folder;

import io.visionops.launcher.generation.Generations;
import io.visionops.launcher.platform.Failure;
import io.visionops.launcher.platform.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everything that changes: configuration, database, logs. */
public record DataFolder(Path root) {

    /**
     * The one that was named, else the usual one.
     *
     * @throws Failure when there is none or its name cannot be used
     */
    public static DataFolder choose(@Nullable String named, Map<String, String> environment) {
        String name = named != null ? named : environment.getOrDefault("VISIONOPS_DATA", "");
        if (name.isEmpty()) {
            name = usual(environment);
        }
        if (name.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == '"' || c == '\\')) {
            throw new Failure(
                    Failure.USAGE,
                    "the data folder's name holds a character that is not allowed: " + name);
        }
        return new DataFolder(real(Path.of(name).toAbsolutePath().normalize()));
    }

    private static String usual(Map<String, String> environment) {
        if (System.getProperty("user.name").equals("root")) {
            return "/var/lib/visionops";
        }
        String share = environment.getOrDefault("XDG_DATA_HOME", "");
        String home = environment.getOrDefault("HOME", "");
        if (share.isEmpty() && home.isEmpty()) {
            throw new Failure(
                    Failure.USAGE,
                    "there is no home folder to keep data in: name a folder with --data");
        }
        return (share.isEmpty() ? home + "/.local/share" : share) + "/visionops";
    }

    /** Without symbolic links, as far as it exists: one folder has one name in a process list. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException absent) {
            Path parent = path.getParent();
            return parent == null || path.getFileName() == null
                    ? path
                    : real(parent).resolve(path.getFileName());
        }
    }

    public Path etc() {
        return root.resolve("etc");
    }

    public Path run() {
        return root.resolve("run");
    }

    public Path log() {
        return root.resolve("log");
    }

    public Path karaf() {
        return root.resolve("karaf");
    }

    public Path natives() {
        return root.resolve("natives");
    }

    /**
     * What libraries of this program are unpacked into. It is there before Java is: of two threads
     * that make it at the same time, JavaCPP lets the one that comes too late unpack into the home
     * of the user.
     */
    public Path natives(Program program) {
        return natives().resolve(program.natives());
    }

    public Path visionops() {
        return root.resolve("visionops");
    }

    /** Of the command channel. */
    public Path socket() {
        return run().resolve("shell.socket");
    }

    /** Where heartbeats are told to the watchdog. */
    public Path heartbeatSocket() {
        return run().resolve("watchdog.socket");
    }

    /** The watchdog's record of starts and ends. */
    public Path restarts() {
        return root.resolve("watchdog/restarts.jsonl");
    }

    /** What the cache of the Java machine that runs was made by. */
    public Path stamp() {
        return run().resolve("stamp");
    }

    public String lastStamp() {
        return read(stamp());
    }

    /** Which program that was. */
    public Path generation() {
        return run().resolve("generation");
    }

    /** As the last start has chosen; empty when it is not known. */
    public Optional<Generations.Choice> lastGeneration() {
        List<String> lines = read(generation()).lines().toList();
        return lines.size() < 2 || !lines.get(0).matches("[0-9]{1,6}")
                ? Optional.empty()
                : Optional.of(
                        new Generations.Choice(
                                Long.parseLong(lines.get(0)),
                                Path.of(lines.get(1)),
                                lines.size() > 2 && lines.get(2).equals("trial")));
    }

    /** The one that the last start was given; null when it was given none. */
    public @Nullable String lastDetector() {
        String name = read(run().resolve("detector")).strip();
        return name.isEmpty() ? null : name;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException absent) {
            return "";
        }
    }

    public Path javaPid() {
        return run().resolve("java.pid");
    }

    public Path launcherPid() {
        return run().resolve("launcher.pid");
    }

    public Path portsFile() {
        return run().resolve("ports.json");
    }

    /** There since cameras were served; gone before the next start. */
    public Path served() {
        return run().resolve("served");
    }

    public Path systemLog() {
        return log().resolve("visionops.log");
    }

    public Path consoleLog() {
        return log().resolve("console.log");
    }

    /**
     * Makes it, where it is not there, and tries to write.
     *
     * @throws Failure when nothing can be written
     */
    public void make(Program program) {
        if (root.startsWith(program.home())) {
            throw new Failure(
                    Failure.USAGE,
                    "the data folder is inside the program folder: choose another with --data");
        }
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw new Failure("the data folder cannot be made: " + reason(e));
        }
        for (Path folder : List.of(etc(), run(), log(), visionops(), natives(program))) {
            try {
                Files.createDirectories(folder);
            } catch (IOException e) {
                throw new Failure("the data folder cannot be written: " + reason(e));
            }
            if (!Files.isWritable(folder) || !Files.isExecutable(folder)) {
                throw new Failure(
                        "the data folder cannot be written: "
                                + folder
                                + " belongs to another user");
            }
        }
        probe();
    }

    /** Only a write tells: of space, of a disk that is read-only, of a quota. */
    private void probe() {
        Path probe = run().resolve("probe." + ProcessHandle.current().pid());
        try {
            Files.write(probe, new byte[8192]);
        } catch (IOException e) {
            throw new Failure("the data folder cannot be written: " + reason(e));
        } finally {
            Folders.tryRemove(probe);
        }
    }

    /** What does not work for want of space on the disk; empty when there is enough. */
    public Optional<String> shortOfSpace(Program program) {
        long left = root.toFile().getUsableSpace() >> 20;
        if (Folders.isEmpty(natives(program)) && left < 300) {
            return Optional.of(
                    left
                            + " MB left, 300 MB are needed: the libraries cannot be unpacked, so"
                            + " cameras may not be decoded");
        }
        return left < 512
                ? Optional.of(left + " MB left, 512 MB are needed: pictures of events are not kept")
                : Optional.empty();
    }

    /**
     * Makes sure that this user may look into it.
     *
     * @throws Failure with one line when it belongs to somebody else
     */
    public void mayAsk() {
        if (Files.exists(root, LinkOption.NOFOLLOW_LINKS)
                && !(Files.isReadable(root) && Files.isExecutable(root))) {
            throw new Failure("the data folder belongs to " + owner() + ": " + root);
        }
    }

    private String owner() {
        try {
            return Files.getOwner(root).getName();
        } catch (IOException e) {
            return "another user";
        }
    }

    public static String reason(IOException e) {
        String words = String.valueOf(e.getMessage());
        return e instanceof java.nio.file.AccessDeniedException
                ? words + ": permission denied"
                : e instanceof java.nio.file.FileAlreadyExistsException
                        ? words + " is no folder"
                        : words;
    }
}
