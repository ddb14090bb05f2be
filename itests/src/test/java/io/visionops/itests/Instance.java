package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The distribution with one data folder, used through {@code bin/visionops} as a person would. */
final class Instance implements AutoCloseable {

    static final Path HOME = Path.of(System.getProperty("visionops.home"));
    static final Path TARGET = Path.of(System.getProperty("visionops.target"));

    /** Test data that is not part of the repository: models and ground truth. */
    static final Path SHARED = Path.of(System.getProperty("visionops.shared"));

    private static final ObjectMapper JSON = new ObjectMapper();

    /** They read their standard input, or their words hold an address that no list may show. */
    private static final Set<String> PROGRAMS_OF_THEIR_OWN =
            Set.of(
                    "camera-add",
                    "camera-discover",
                    "camera-test",
                    "secret-passphrase",
                    "secret-set",
                    "secret-unlock",
                    "user-add",
                    "user-passwd");

    private static final Map<Path, AskedHere> ASKED_HERE = new ConcurrentHashMap<>();

    private final Path home;
    private final Path data;

    Instance(String name) throws IOException {
        this(HOME, name);
    }

    /**
     * @param home the program, which may be another than the one under test
     */
    private Instance(Path home, String name) throws IOException {
        this.home = home;
        data = Files.createDirectories(TARGET.resolve("instances")).resolve(name);
        Files.createDirectories(data);
    }

    /** What a program printed and how it ended. */
    record Result(int status, String out, String err) {

        /** Both: what a command of the shell complains of comes with what it prints. */
        String said() {
            return out + err;
        }

        Result expect(int wanted) {
            if (status != wanted) {
                throw new AssertionError(
                        "ended with " + status + " instead of " + wanted + "\n" + out + err);
            }
            return this;
        }
    }

    Path data() {
        return data;
    }

    Path etc() {
        return data.resolve("etc");
    }

    String log() throws IOException {
        return Files.readString(data.resolve("log/visionops.log"));
    }

    /** A port that it listens on: http or ssh. */
    int port(String name) throws IOException {
        return JSON.readTree(data.resolve("run/ports.json").toFile()).get(name).asInt();
    }

    /** What the first start made for the user admin. */
    String adminPassword() throws IOException {
        return Files.readString(etc().resolve("admin-password")).strip();
    }

    Result start(String... options) throws IOException, InterruptedException {
        List<String> call =
                new ArrayList<>(List.of("start", "--http-port", "0", "--ssh-port", "0"));
        call.addAll(List.of(options));
        try {
            // The watchdog ends a start that hangs after 120 s, and with it what could be seen.
            return visionops(110, call);
        } catch (AssertionError e) {
            throw new AssertionError(
                    e.getMessage()
                            + threadsOf("features")
                            + threadsOf("paxweb")
                            + threadsOf("Http"),
                    e);
        }
    }

    /** Starts it where somebody reads what it prints. */
    Result startAtTerminal() throws IOException, InterruptedException {
        List<String> call =
                command(List.of("start", "--http-port", "0", "--ssh-port", "0")).stream()
                        .map(word -> "'" + word + "'")
                        .toList();
        return run(150, List.of("script", "-qec", String.join(" ", call), "/dev/null"));
    }

    /** Starts with one more variable in the environment. */
    Result startWith(String variable, String value) throws IOException, InterruptedException {
        return startWith(List.of(variable + "=" + value));
    }

    /**
     * Starts with more variables in the environment.
     *
     * @param variables each as {@code NAME=VALUE}
     */
    Result startWith(List<String> variables) throws IOException, InterruptedException {
        List<String> call = new ArrayList<>(List.of("env"));
        call.addAll(variables);
        call.addAll(command(List.of("start", "--http-port", "0", "--ssh-port", "0")));
        return run(150, call);
    }

    /**
     * Bytes that the JVM's threads allocated on the heap since its start, from its own performance
     * counters.
     */
    long allocated() throws IOException, InterruptedException {
        String threads = jcmd(20, "Thread.print", "-e");
        long sum = 0;
        Matcher allocated = Pattern.compile("allocated=(\\d+)([BKMG]?)").matcher(threads);
        while (allocated.find()) {
            long unit =
                    switch (allocated.group(2)) {
                        case "K" -> 1L << 10;
                        case "M" -> 1L << 20;
                        case "G" -> 1L << 30;
                        default -> 1;
                    };
            sum += Long.parseLong(allocated.group(1)) * unit;
        }
        return sum;
    }

    /**
     * What its threads of that name are at, in one line each: for the message of a test that waited
     * in vain.
     */
    String threadsOf(String name) {
        try {
            return Stream.of(jcmd(20, "Thread.print", "-l").split("\\R\\R(?=\")"))
                    .filter(thread -> thread.lines().findFirst().orElse("").contains(name))
                    .map(thread -> thread.strip().replaceAll("\\s*\\R\\s*", " < "))
                    .collect(Collectors.joining("; "));
        } catch (IOException | AssertionError e) {
            return "its threads cannot be read: " + e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "its threads were not read";
        }
    }

    /** What the JVM answers to a diagnostic command. */
    String jcmd(int seconds, String... command) throws IOException, InterruptedException {
        List<String> call = new ArrayList<>(List.of("jcmd", String.valueOf(jvm().pid())));
        call.addAll(List.of(command));
        return run(seconds, call).expect(0).out();
    }

    /** What the watchdog has recorded, oldest first: {@code started}, {@code hung}. */
    List<String> restarts() throws IOException {
        return Files.readAllLines(data.resolve("watchdog/restarts.jsonl")).stream()
                .map(line -> line.replaceFirst(".*\"what\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    Result stop() throws IOException, InterruptedException {
        return visionops(60, List.of("stop"));
    }

    Result call(String... words) throws IOException, InterruptedException {
        return visionops(60, List.of(words));
    }

    /** A command of the shell; a program of its own asks only where that makes a difference. */
    Result shell(String... words) throws IOException, InterruptedException {
        List<String> call = new ArrayList<>(List.of("shell", "--data", data.toString()));
        call.addAll(List.of(words));
        if (PROGRAMS_OF_THEIR_OWN.contains(words[0])) {
            return shellByProgram(words);
        }
        return ASKED_HERE.computeIfAbsent(home, AskedHere::new).run(60, call);
    }

    /** A command of the shell through {@code bin/visionops}. */
    Result shellByProgram(String... words) throws IOException, InterruptedException {
        List<String> call = new ArrayList<>(List.of("shell"));
        call.addAll(List.of(words));
        return visionops(60, call);
    }

    /** Runs a shell command with {@code --json} and reads what it prints. */
    JsonNode json(String... words) throws IOException, InterruptedException {
        List<String> call = new ArrayList<>(List.of(words));
        call.add("--json");
        return JSON.readTree(shell(call.toArray(String[]::new)).expect(0).out());
    }

    /** The camera's entry in {@code camera-list}; null when there is none. */
    JsonNode camera(String name) throws IOException, InterruptedException {
        return of(name, "camera-list");
    }

    /** The camera's entry in {@code frames}; null when there is none. */
    JsonNode frames(String name) throws IOException, InterruptedException {
        return of(name, "frames");
    }

    private JsonNode of(String camera, String command) throws IOException, InterruptedException {
        for (JsonNode row : json(command)) {
            if (row.get("camera").asText().equals(camera)) {
                return row;
            }
        }
        return JSON.nullNode();
    }

    String stateOf(String camera) throws IOException, InterruptedException {
        return camera(camera).path("state").asText("absent");
    }

    /** Counts of a line over all time: in, out. */
    long[] counts(String camera, String line) throws IOException, InterruptedException {
        long[] inOut = new long[2];
        for (JsonNode row :
                json("counts", "--camera", camera, "--line", line, "--interval", "all")) {
            inOut[row.get("direction").asText().equals("in") ? 0 : 1] += row.get("count").asLong();
        }
        return inOut;
    }

    /** Every process that belongs to this instance: its JVM and the decoders below it. */
    List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> commandLine(process).contains(data.toString()))
                .toList();
    }

    List<ProcessHandle> decoders() {
        return processes().stream()
                .filter(process -> commandLine(process).contains("/ffmpeg\0"))
                .toList();
    }

    /** By which it is told whether decoders went on, or others took their place; sorted. */
    List<Long> decoderPids() {
        return decoders().stream().map(ProcessHandle::pid).sorted().toList();
    }

    /** The JVM that runs Karaf. */
    ProcessHandle jvm() {
        return processes().stream()
                .filter(process -> commandLine(process).contains("org.apache.karaf.main.Main"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no Karaf is running in " + data));
    }

    /** Kills the watchdog and then the JVM, so that nobody starts anything again: a power cut. */
    void cutPower() throws IOException {
        ProcessHandle jvm = jvm();
        ProcessHandle watchdog = watchdog();
        // At once: what it watches would bring it back after two seconds.
        watchdog.destroyForcibly();
        jvm.destroyForcibly();
        watchdog.onExit().join();
        jvm.onExit().join();
    }

    /** The process that starts the JVM again. */
    ProcessHandle watchdog() throws IOException {
        String pid = Files.readString(data.resolve("run/launcher.pid")).split(" ")[0];
        return ProcessHandle.of(Long.parseLong(pid))
                .orElseThrow(() -> new AssertionError("no watchdog is running for " + data));
    }

    /**
     * Bytes of memory that the JVM occupies, those of native libraries included, and without what
     * was freed: the C library keeps a hundred megabytes of that, and gives them back when asked.
     */
    long resident() throws IOException, InterruptedException {
        jcmd(30, "System.trim_native_heap");
        return residentAsItIs();
    }

    /** What was freed and not given back included. */
    long residentAsItIs() throws IOException, InterruptedException {
        for (String line : Files.readAllLines(Path.of("/proc/" + jvm().pid() + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new AssertionError("no resident size");
    }

    /** The decoder of a camera. */
    ProcessHandle decoder(String camera) throws IOException, InterruptedException {
        for (JsonNode process : json("processes")) {
            if (process.get("name").asText().equals("camera-" + camera)) {
                return ProcessHandle.of(process.get("pid").asLong()).orElseThrow();
            }
        }
        throw new AssertionError("no decoder for " + camera);
    }

    /** Sends a signal that Java has no call for, such as {@code STOP}. */
    static void signal(String name, ProcessHandle process)
            throws IOException, InterruptedException {
        run(10, List.of("kill", "-" + name, String.valueOf(process.pid()))).expect(0);
    }

    static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(
                    Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    private Result visionops(int seconds, List<String> words)
            throws IOException, InterruptedException {
        return run(seconds, command(words));
    }

    /** The command line for a call of {@code bin/visionops} on this data folder. */
    List<String> command(List<String> words) {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin/visionops").toString());
        command.add(words.get(0));
        command.add("--data");
        command.add(data.toString());
        command.addAll(words.subList(1, words.size()));
        return command;
    }

    /** A shell command that reads a file as its standard input. */
    Result shellReading(Path input, String... words) throws IOException, InterruptedException {
        List<String> call = new ArrayList<>(List.of("shell"));
        call.addAll(List.of(words));
        return run(60, command(call), input);
    }

    static Result run(int seconds, List<String> command) throws IOException, InterruptedException {
        return run(seconds, command, Path.of("/dev/null"));
    }

    private static Result run(int seconds, List<String> command, Path input)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile(TARGET, "out", ".txt");
        Path err = Files.createTempFile(TARGET, "err", ".txt");
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectInput(ProcessBuilder.Redirect.from(input.toFile()))
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile())
                            .start();
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(
                        command
                                + " did not end within "
                                + seconds
                                + " s\n"
                                + Files.readString(out));
            }
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }

    /** Ends whatever is left; the folder stays for whoever looks into a failure. */
    @Override
    public void close() throws IOException, InterruptedException {
        stop();
        processes().forEach(ProcessHandle::destroyForcibly);
    }

    /**
     * Removes the folder of an earlier run. The governor is off: the computer that tests run on is
     * at its limit for minutes, and cameras of a test must not be asked for less because of it.
     */
    static Instance fresh(String name) throws IOException {
        return fresh(HOME, name);
    }

    /** Of another program. */
    static Instance fresh(Path home, String name) throws IOException {
        deleteTree(TARGET.resolve("instances").resolve(name));
        Instance instance = new Instance(home, name);
        Files.createDirectories(instance.etc());
        Files.writeString(
                instance.etc().resolve("io.visionops.health.cfg"), "governor.enabled = false\n");
        return instance;
    }

    static void deleteTree(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Asserts of a row of {@code frames} that every frame is accounted for. */
    static void assertThatEveryFrameIsAccounted(JsonNode frames) {
        long sum = frames.get("analysed").asLong() + frames.get("gated").asLong();
        for (JsonNode dropped : frames.get("dropped")) {
            sum += dropped.asLong();
        }
        assertThat(sum).as(frames.toString()).isEqualTo(frames.get("received").asLong());
    }
}
