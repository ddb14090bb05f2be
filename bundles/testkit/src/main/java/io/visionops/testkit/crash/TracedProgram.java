package io.visionops.testkit.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs the main method of a class in a Java of its own and records what it does to the files of a
 * folder, by {@code strace}. What it says, a line at a time, is what it promises.
 */
public final class TracedProgram {

    private static final int MINUTES = 5;

    private TracedProgram() {}

    /** Whether this machine has {@code strace} and lets it look at a process. */
    public static boolean isPossible() throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder("strace", "-qq", "-e", "trace=none", "true")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    /**
     * Runs it to its end.
     *
     * @param main gets the folder as its first argument
     * @param folder that is empty
     * @param scratch for the recording
     */
    public static CrashStates run(Class<?> main, Path folder, Path scratch, String... arguments)
            throws IOException, InterruptedException {
        Path trace = scratch.resolve("trace");
        Path said = scratch.resolve("said");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "strace",
                                "-f",
                                "-qq",
                                "-xx",
                                "-s",
                                String.valueOf(1 << 26),
                                "-e",
                                "signal=none",
                                "-e",
                                "trace=" + String.join(",", TraceReader.CALLS),
                                "--seccomp-bpf",
                                "-o",
                                trace.toString(),
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:-UsePerfData",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName(),
                                folder.toRealPath().toString()));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException(
                        "it did not end as it should:\n" + Files.readString(said));
            }
        } finally {
            process.destroyForcibly();
        }
        TraceReader reader = new TraceReader(folder.toRealPath());
        try (var lines = Files.lines(trace, StandardCharsets.ISO_8859_1)) {
            lines.forEach(reader::line);
        }
        return new CrashStates(reader.operations());
    }
}
