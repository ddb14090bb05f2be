package io.visionops.health.internal.heartbeat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The watchdog as a process: found by the file that it leaves, and started again when it is gone.
 */
final class WatchdogProcess implements Heartbeats.Watchdog {

    private static final Logger LOG = LoggerFactory.getLogger(WatchdogProcess.class);

    /** In its command line: a process of the same number may be another's. */
    private static final String PROGRAM = "io.visionops.launcher.Main";

    private final Path program;
    private final Path data;

    /**
     * @param program folder of the distribution
     * @param data folder of this instance
     */
    WatchdogProcess(Path program, Path data) {
        this.program = program;
        this.data = data;
    }

    @Override
    public void endHung() {
        find().ifPresent(
                        one -> {
                            LOG.warn("the watchdog {} does not answer and is ended", one.pid());
                            one.destroyForcibly();
                        });
    }

    private Optional<ProcessHandle> find() {
        try {
            String[] words = Files.readString(data.resolve("run/launcher.pid")).split(" ");
            return ProcessHandle.of(Long.parseLong(words[0]))
                    .filter(one -> one.info().commandLine().orElse("").contains(PROGRAM));
        } catch (IOException | NumberFormatException absent) {
            return Optional.empty();
        }
    }

    @Override
    public void start() {
        boolean windows = File.separatorChar == '\\';
        String script = windows ? "bin/visionops.cmd" : "bin/visionops";
        List<String> command =
                List.of(program.resolve(script).toString(), "watch", "--data", data.toString());
        try {
            // It outlives this program, so it is nobody's child to be ended.
            new ProcessBuilder(command)
                    .directory(data.toFile())
                    .redirectInput(new File(windows ? "NUL" : "/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(
                                    data.resolve("log/launcher.log").toFile()))
                    .start();
            LOG.warn("the watchdog is gone and is started again");
        } catch (IOException e) {
            LOG.error("the watchdog is gone and cannot be started: {}", e.getMessage());
        }
    }
}
