package io.visionops.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The small RTSP server of the shared tools, where this machine has them: it plays for ever. */
final class MiniRtspServer implements AutoCloseable {

    private static final Path TOOL = Instance.SHARED.resolve("tools/minirtsp.py");

    private final Process process;

    private MiniRtspServer(Process process) {
        this.process = process;
    }

    static boolean isThere() {
        return Files.exists(TOOL);
    }

    /**
     * @param elementary H.264 with start codes, ten pictures a second
     * @param login {@code user:password}, asked for by digest; empty: none
     */
    static MiniRtspServer start(int port, Path elementary, String login) throws IOException {
        List<String> command = new ArrayList<>();
        command.addAll(List.of("/usr/bin/python3", TOOL.toString()));
        command.addAll(List.of("--port", String.valueOf(port), "--fps", "10"));
        command.add(elementary.toString());
        if (!login.isEmpty()) {
            command.addAll(List.of("--digest", login));
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String first = process.inputReader().readLine();
        if (first == null || !first.startsWith("rtsp://")) {
            process.destroyForcibly();
            throw new IOException("the small RTSP server does not start: " + first);
        }
        return new MiniRtspServer(process);
    }

    void freeze() throws IOException, InterruptedException {
        Instance.signal("STOP", process.toHandle());
    }

    void thaw() throws IOException, InterruptedException {
        Instance.signal("CONT", process.toHandle());
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
