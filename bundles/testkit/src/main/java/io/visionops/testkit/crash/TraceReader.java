package io.visionops.testkit.crash;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@code strace -f -xx} has written of one process with its threads. A call of the files
 * of the folder that is not understood ends the test: what is not seen would not be lost in it.
 */
final class TraceReader {

    /** All by which a program may change a file, but for memory that is mapped to it. */
    static final List<String> CALLS =
            List.of(
                    "openat,open,creat,close,dup,dup2,dup3,lseek",
                    "write,writev,pwrite64,pwritev,pwritev2,sendfile,copy_file_range,splice",
                    "ftruncate,truncate,fallocate,fsync,fdatasync,sync_file_range",
                    "rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat",
                    "mkdir,mkdirat,rmdir");

    private static final int STANDARD_OUTPUT = 1;

    private static final Pattern THREAD = Pattern.compile("(\\d+) +(.*)");
    private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. \\w+ resumed>(.*)");
    private static final Pattern CALL = Pattern.compile("(\\w+)\\((.*)\\) += (-?\\d+).*");
    private static final String UNFINISHED = " <unfinished ...>";
    private static final String CLOSE = "close(";

    private final Path root;
    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, Begun> begun = new HashMap<>();
    private final Map<Integer, OpenFile> open = new HashMap<>();
    private final Map<Path, Integer> names = new HashMap<>();
    private final Map<Integer, Long> lengths = new HashMap<>();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private int files;

    /**
     * A call that has not ended.
     *
     * @param at how many operations there were when it began
     */
    private record Begun(String text, int at) {}

    /** An open file of the folder, or a folder. */
    private static final class OpenFile {
        private final Path path;
        private final int file;
        private final boolean append;
        private long position;

        private OpenFile(Path path, int file, boolean append) {
            this.path = path;
            this.file = file;
            this.append = append;
        }

        private boolean isFolder() {
            return file < 0;
        }
    }

    TraceReader(Path root) {
        this.root = root;
    }

    List<Operation> operations() {
        return List.copyOf(operations);
    }

    void line(String line) {
        Matcher matcher = THREAD.matcher(line);
        if (!matcher.matches()) {
            return;
        }
        String thread = matcher.group(1);
        String text = matcher.group(2);
        if (text.endsWith(UNFINISHED)) {
            String beginning = text.substring(0, text.length() - UNFINISHED.length());
            // What is said may be heard, and what is closed given out again to another thread,
            // before the call has ended.
            if (!say(beginning) && !close(beginning)) {
                begun.put(thread, new Begun(beginning, operations.size()));
            }
            return;
        }
        int at = operations.size();
        Matcher resumed = RESUMED.matcher(text);
        if (resumed.matches()) {
            Begun first = begun.remove(thread);
            if (first == null) {
                return;
            }
            text = first.text() + resumed.group(1);
            at = first.at();
        }
        Matcher call = CALL.matcher(text);
        if (!say(text) && call.matches() && !call.group(3).startsWith("-")) {
            call(call.group(1), call.group(2), Long.parseLong(call.group(3)), at);
        }
    }

    private boolean say(String text) {
        if (!text.startsWith("write(" + STANDARD_OUTPUT + ",")) {
            return false;
        }
        for (byte one : CallText.bytes(text)) {
            if (one == '\n') {
                operations.add(new Operation.Said(said.toString(StandardCharsets.UTF_8)));
                said.reset();
            } else {
                said.write(one);
            }
        }
        return true;
    }

    private boolean close(String beginning) {
        if (!beginning.startsWith(CLOSE)) {
            return false;
        }
        open.remove(CallText.number(beginning.substring(CLOSE.length()).replace(")", ""), 0));
        return true;
    }

    private void call(String name, String arguments, long result, int at) {
        switch (name) {
            case "openat", "open", "creat" -> open(name, arguments, (int) result);
            case "close" -> open.remove(CallText.number(arguments, 0));
            case "dup", "dup2", "dup3" -> duplicate(CallText.number(arguments, 0), (int) result);
            case "rename", "renameat", "renameat2" -> rename(arguments);
            case "link", "linkat" -> link(arguments);
            case "unlink", "unlinkat", "rmdir" -> remove(name, arguments);
            case "mkdir", "mkdirat" ->
                    path(arguments, 0)
                            .ifPresent(path -> operations.add(new Operation.MakeFolder(path)));
            case "truncate", "symlink", "symlinkat" -> {
                if (path(arguments, 0).isPresent() || path(arguments, 1).isPresent()) {
                    throw new IllegalStateException("not understood: " + name);
                }
            }
            default -> {
                OpenFile file = open.get(CallText.number(arguments, 0));
                if (file != null) {
                    callOf(file, name, arguments, result, at);
                }
            }
        }
    }

    private void callOf(OpenFile file, String name, String arguments, long result, int at) {
        switch (name) {
            case "lseek" -> file.position = result;
            case "write" -> {
                if (file.append) {
                    file.position = lengths.getOrDefault(file.file, 0L);
                }
                write(file, file.position, CallText.bytes(arguments), result);
                file.position += result;
            }
            case "pwrite64" ->
                    write(file, CallText.number(arguments, -1), CallText.bytes(arguments), result);
            case "ftruncate" -> {
                lengths.put(file.file, (long) CallText.number(arguments, 1));
                operations.add(new Operation.Truncate(file.file, CallText.number(arguments, 1)));
            }
            case "fsync", "fdatasync" ->
                    operations.add(
                            file.isFolder()
                                    ? new Operation.SyncFolder(file.path, at)
                                    : new Operation.Sync(file.file, at));
            default -> throw new IllegalStateException("not understood: " + name);
        }
    }

    private void write(OpenFile file, long offset, byte[] bytes, long written) {
        byte[] these = java.util.Arrays.copyOf(bytes, (int) written);
        operations.add(new Operation.Write(file.file, offset, these));
        lengths.merge(file.file, offset + written, Math::max);
    }

    private void open(String name, String arguments, int descriptor) {
        open.remove(descriptor);
        Optional<Path> path = path(arguments, 0);
        if (path.isEmpty()) {
            return;
        }
        boolean truncated = name.equals("creat") || arguments.contains("O_TRUNC");
        Integer file = names.get(path.get());
        if (file == null && (name.equals("creat") || arguments.contains("O_CREAT"))) {
            file = files++;
            names.put(path.get(), file);
            operations.add(new Operation.Name(path.get(), file));
        } else if (file != null && truncated) {
            operations.add(new Operation.Truncate(file, 0));
            lengths.put(file, 0L);
        }
        open.put(
                descriptor,
                new OpenFile(path.get(), file == null ? -1 : file, arguments.contains("O_APPEND")));
    }

    private void duplicate(int descriptor, int other) {
        OpenFile file = open.get(descriptor);
        if (file == null) {
            open.remove(other);
        } else {
            open.put(other, file);
        }
    }

    private void rename(String arguments) {
        Optional<Path> from = path(arguments, 0);
        Optional<Path> to = path(arguments, 1);
        if (from.isEmpty() || to.isEmpty()) {
            requireNeither(from, to);
            return;
        }
        Integer file = names.remove(from.get());
        if (file == null) {
            throw new IllegalStateException("a folder is renamed: " + from.get());
        }
        names.put(to.get(), file);
        operations.add(new Operation.Rename(from.get(), to.get()));
    }

    private void link(String arguments) {
        Optional<Path> from = path(arguments, 0);
        Optional<Path> to = path(arguments, 1);
        if (from.isEmpty() || to.isEmpty()) {
            requireNeither(from, to);
            return;
        }
        Integer file = names.get(from.get());
        if (file == null) {
            throw new IllegalStateException("unknown: " + from.get());
        }
        names.put(to.get(), file);
        operations.add(new Operation.Name(to.get(), file));
    }

    private static void requireNeither(Optional<Path> from, Optional<Path> to) {
        if (from.isPresent() || to.isPresent()) {
            throw new IllegalStateException("from or into the folder: " + from + ", " + to);
        }
    }

    private void remove(String name, String arguments) {
        path(arguments, 0)
                .ifPresent(
                        path -> {
                            boolean folder =
                                    name.equals("rmdir") || arguments.contains("AT_REMOVEDIR");
                            names.remove(path);
                            operations.add(
                                    folder
                                            ? new Operation.RemoveFolder(path)
                                            : new Operation.Unname(path));
                        });
    }

    /** Relative to the folder; empty for what lies elsewhere. */
    private Optional<Path> path(String arguments, int which) {
        List<byte[]> texts = CallText.texts(arguments);
        if (which >= texts.size()) {
            return Optional.empty();
        }
        Path path = Path.of(new String(texts.get(which), StandardCharsets.UTF_8));
        if (!path.isAbsolute()) {
            path = relativeTo(arguments, path);
        }
        return path.startsWith(root) ? Optional.of(root.relativize(path)) : Optional.empty();
    }

    /** Of a folder that is open, or of the program's own, which is not ours. */
    private Path relativeTo(String arguments, Path path) {
        OpenFile folder =
                arguments.startsWith("AT_FDCWD") ? null : open.get(CallText.number(arguments, 0));
        return folder == null ? path : root.resolve(folder.path).resolve(path);
    }
}
