package io.visionops.launcher;

import io.visionops.launcher.folder.DataFolder;
import io.visionops.launcher.platform.Failure;
import io.visionops.launcher.platform.Wait;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Processes that run programs which an instance has unpacked: its decoders. */
final class Decoders {

    private static final Duration GRACE = Duration.ofSeconds(3);

    private final DataFolder data;

    Decoders(DataFolder data) {
        this.data = data;
    }

    /**
     * Ends what a Java machine that is gone has left.
     *
     * @throws Failure when one does not end
     */
    void end() {
        List<ProcessHandle> left = find();
        if (left.isEmpty()) {
            return;
        }
        left.forEach(ProcessHandle::destroy);
        if (!Wait.until(GRACE, () -> find().isEmpty())) {
            find().forEach(ProcessHandle::destroyForcibly);
            if (!Wait.until(GRACE, () -> find().isEmpty())) {
                throw new Failure(
                        "camera processes do not end: "
                                + find().stream().map(one -> String.valueOf(one.pid())).toList());
            }
        }
    }

    private List<ProcessHandle> find() {
        List<ProcessHandle> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : all) {
                if (ours(process)) {
                    ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                            .ifPresent(found::add);
                }
            }
        } catch (IOException e) {
            // Without /proc there is nothing to go by.
            return found;
        }
        return found;
    }

    private boolean ours(Path process) {
        try {
            // The program may be gone already: "... (deleted)".
            return Files.readSymbolicLink(process.resolve("exe")).startsWith(data.natives());
        } catch (IOException gone) {
            return false;
        }
    }
}
