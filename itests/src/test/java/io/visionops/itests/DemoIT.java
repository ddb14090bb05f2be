package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DemoIT {

    /** A line of the table: {@code ... door ... in N ... out M}. */
    private static final Pattern ROW = Pattern.compile("door\\D+in\\s+(\\d+)\\D+out\\s+(\\d+)");

    @Test
    void theDemoCountsUntilItIsInterruptedAndLeavesNothing() throws Exception {
        Path out = Files.createTempFile(Instance.TARGET, "demo", ".txt");
        Path scratch = Files.createTempDirectory(Instance.TARGET, "demo");
        // Who started the tests may have had Ctrl-C ignored, which is inherited.
        ProcessBuilder builder =
                new ProcessBuilder(
                                "env",
                                "--default-signal=INT",
                                Instance.HOME.resolve("bin/visionops").toString(),
                                "demo")
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile());
        builder.environment().put("TMPDIR", scratch.toString());
        Process demo = builder.start();
        try {
            Await.until(90, () -> rising(out));
            assertThat(librariesOfTheSystem(scratch)).allMatch(SystemLibraries::contains);

            new ProcessBuilder("kill", "-INT", String.valueOf(demo.pid())).start().waitFor();

            assertThat(demo.waitFor(30, TimeUnit.SECONDS)).as(Files.readString(out)).isTrue();
            assertThat(demo.exitValue()).isZero();
            assertThat(
                            ProcessHandle.allProcesses()
                                    .filter(
                                            process ->
                                                    Instance.commandLine(process)
                                                            .contains(scratch.toString())))
                    .isEmpty();
            try (Stream<Path> left = Files.list(scratch)) {
                assertThat(left).isEmpty();
            }
        } finally {
            demo.descendants().toList().forEach(ProcessHandle::destroyForcibly);
            demo.destroyForcibly();
        }
    }

    @Test
    void aDemoWhoseCameraIsNotThereSaysSoWithinTenSecondsAndEnds() throws Exception {
        String said = cannotCount("rtsp://127.0.0.1:9/none");

        assertThat(said)
                .contains("1 configured, 0 streaming")
                .containsPattern("nothing is counted:\\R +camera demo is .*refuses connections");
    }

    @Test
    void aDemoThatNobodyAnalysesSaysSoWithinTenSecondsAndEnds() throws Exception {
        String said = cannotCount("--detector", "nonsense");

        assertThat(said)
                .contains("1 configured, 1 streaming")
                .containsPattern("nothing is counted:\\R +camera demo is .*detector = nonsense");
    }

    /** What a demo prints that ends by itself, since it cannot count. */
    private static String cannotCount(String... options) throws Exception {
        Path out = Files.createTempFile(Instance.TARGET, "demo", ".txt");
        List<String> call = new ArrayList<>();
        call.addAll(List.of(Instance.HOME.resolve("bin/visionops").toString(), "demo"));
        call.addAll(List.of(options));
        Process demo =
                new ProcessBuilder(call)
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start();
        try {
            Await.until(90, () -> Files.readString(out).contains(" configured, "));
            long served = System.nanoTime();
            Await.until(30, () -> Files.readString(out).contains("nothing is counted:"));
            // Eight seconds of patience, and what it takes to ask.
            assertThat(Duration.ofNanos(System.nanoTime() - served))
                    .as(Files.readString(out))
                    .isLessThan(Duration.ofSeconds(11));

            assertThat(demo.waitFor(30, TimeUnit.SECONDS)).as(Files.readString(out)).isTrue();
            assertThat(demo.exitValue()).isEqualTo(1);
            return Files.readString(out);
        } finally {
            demo.descendants().toList().forEach(ProcessHandle::destroyForcibly);
            demo.destroyForcibly();
        }
    }

    /**
     * Names of the libraries that the demo's processes have loaded, but for the demo's own and
     * those of the JDK.
     */
    private static List<String> librariesOfTheSystem(Path scratch) throws IOException {
        List<String> names = new ArrayList<>();
        Path jdk = Path.of(System.getProperty("java.home")).toRealPath();
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            String command = Instance.commandLine(process);
            if (command.contains(scratch.toString())
                    && command.matches("(?s).*(karaf.main|/ffmpeg).*")) {
                Files.readAllLines(Path.of("/proc/" + process.pid() + "/maps")).stream()
                        .map(line -> line.replaceFirst("^[^/]*", ""))
                        .filter(file -> file.contains(".so"))
                        .filter(file -> !file.startsWith(scratch.toString()))
                        .filter(file -> !file.startsWith(jdk.toString()))
                        .map(file -> file.substring(file.lastIndexOf('/') + 1))
                        .forEach(names::add);
            }
        }
        assertThat(names).contains("libc.so.6");
        return names;
    }

    private static boolean rising(Path out) throws IOException {
        List<long[]> seen =
                Files.readAllLines(out).stream()
                        .map(ROW::matcher)
                        .filter(Matcher::find)
                        .map(
                                row ->
                                        new long[] {
                                            Long.parseLong(row.group(1)),
                                            Long.parseLong(row.group(2))
                                        })
                        .toList();
        return seen.stream().anyMatch(row -> row[0] >= 2 && row[1] >= 1);
    }
}
