package io.visionops.launcher;

import io.visionops.launcher.folder.DataFolder;
import io.visionops.launcher.folder.Program;
import io.visionops.launcher.platform.Java;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The command line of the Java machine that runs Karaf, as Karaf's own scripts have it. */
final class Karaf {

    private static final List<String> OPEN =
            List.of(
                    "--add-reads=java.xml=java.logging",
                    "--add-exports=java.base/org.apache.karaf.specs.locator=java.xml,ALL-UNNAMED",
                    "--add-opens=java.base/java.security=ALL-UNNAMED",
                    "--add-opens=java.base/java.net=ALL-UNNAMED",
                    // JavaCPP needs this one: its presets load libraries for each other.
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "--add-opens=java.base/java.util=ALL-UNNAMED",
                    "--add-opens=java.naming/javax.naming.spi=ALL-UNNAMED",
                    "--add-opens=java.rmi/sun.rmi.transport.tcp=ALL-UNNAMED",
                    "--add-exports=java.base/sun.net.www.protocol.file=ALL-UNNAMED",
                    "--add-exports=java.base/sun.net.www.protocol.ftp=ALL-UNNAMED",
                    "--add-exports=java.base/sun.net.www.protocol.http=ALL-UNNAMED",
                    "--add-exports=java.base/sun.net.www.protocol.https=ALL-UNNAMED",
                    "--add-exports=java.base/sun.net.www.protocol.jar=ALL-UNNAMED",
                    "--add-exports=java.base/sun.net.www.content.text=ALL-UNNAMED",
                    "--add-exports=jdk.xml.dom/org.w3c.dom.html=ALL-UNNAMED",
                    "--add-exports=jdk.naming.rmi/com.sun.jndi.url.rmi=ALL-UNNAMED",
                    "--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED",
                    "--add-exports=java.security.sasl/com.sun.security.sasl=ALL-UNNAMED",
                    "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED");

    /** Of the framework: ingest, discovery and inference come after {@link #SAFE_LEVEL}. */
    private static final int FULL_LEVEL = 100;

    private static final int SAFE_LEVEL = 79;

    /**
     * The second compiler takes half of the processor time of a start when it begins as early as it
     * is made to, and a program whose pictures are looked at by native code has little for it to
     * win: it begins ten times as late (ADR 105).
     */
    private static final List<String> LATE_COMPILER =
            List.of(
                    "-XX:Tier4InvocationThreshold=50000",
                    "-XX:Tier4MinInvocationThreshold=6000",
                    "-XX:Tier4CompileThreshold=150000",
                    "-XX:Tier4BackEdgeThreshold=400000");

    /**
     * The Java machine copies its counters for {@code jstat} twenty times a second, for which a
     * thread wakes; once is enough.
     */
    private static final String RARE_COUNTERS = "-XX:PerfDataSamplingInterval=1000";

    /** What a full collection is to give back it gives back at once (ADR 113). */
    private static final String SHRINK_AT_ONCE = "-XX:-ShrinkHeapInSteps";

    /**
     * For the C library of the Java machine: large memory that is freed goes back to the system, at
     * any time and not only while the first of it was given out, and few arenas keep parts of it
     * (mallopt(3), ADR 111).
     */
    private static final Map<String, String> NATIVE_MEMORY =
            Map.of("MALLOC_ARENA_MAX", "2", "MALLOC_MMAP_THRESHOLD_", "131072");

    private Karaf() {}

    /** Adds to an environment what it does not say yet. */
    static void complete(Map<String, String> environment) {
        NATIVE_MEMORY.forEach(environment::putIfAbsent);
    }

    /**
     * The whole command.
     *
     * @param safe why only the fewest parts are started; empty when all are
     * @param generation properties that say which program this is
     * @param more options of the user, separated by spaces
     */
    static List<String> command(
            Program program,
            DataFolder data,
            Ports ports,
            @Nullable String detector,
            Optional<String> safe,
            List<String> generation,
            String more) {
        List<String> command = new ArrayList<>();
        command.add(Java.program().toString());
        command.addAll(
                List.of(
                        "-Xms64m",
                        "-Xmx512m",
                        "-XX:MaxDirectMemorySize=512m",
                        "-XX:+UseSerialGC",
                        "-XX:MaxMetaspaceSize=256m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:ErrorFile=" + data.log().resolve("java-crash-%p.log"),
                        // Karaf writes versions with the digits of the locale, and does not read
                        // them back.
                        "-Duser.language=en",
                        "-Duser.country=US",
                        "-Djava.awt.headless=true",
                        "-Dfile.encoding=UTF-8"));
        command.addAll(LATE_COMPILER);
        command.add(RARE_COUNTERS);
        command.add(SHRINK_AT_ONCE);
        if (Runtime.version().feature() >= 18) {
            command.add("-Djava.security.manager=allow");
        }
        Arrays.stream(more.split(" ")).filter(word -> !word.isBlank()).forEach(command::add);
        command.addAll(OPEN);
        command.addAll(patches(program));
        command.addAll(properties(program, data, ports));
        command.addAll(generation);
        if (detector != null) {
            command.add("-Dvisionops.detector=" + detector);
        }
        command.add("-Dvisionops.start.level=" + (safe.isPresent() ? SAFE_LEVEL : FULL_LEVEL));
        safe.ifPresent(cause -> command.add("-Dvisionops.safe.mode=" + cause));
        command.add("-classpath");
        command.add(classpath(program));
        command.add("org.apache.karaf.main.Main");
        return command;
    }

    private static List<String> patches(Program program) {
        return List.of(
                "--patch-module",
                "java.base=" + program.jar("lib/endorsed", "org.apache.karaf.specs.locator-"),
                "--patch-module",
                "java.xml=" + program.jar("lib/endorsed", "org.apache.karaf.specs.java.xml-"));
    }

    private static List<String> properties(Program program, DataFolder data, Ports ports) {
        Path temporary = data.karaf().resolve("tmp");
        return List.of(
                "-Dkaraf.home=" + program.home(),
                "-Dkaraf.base=" + data.root(),
                "-Dkaraf.data=" + data.karaf(),
                "-Dkaraf.etc=" + data.etc(),
                "-Dkaraf.log=" + data.log(),
                "-Dkaraf.instances=" + data.karaf().resolve("instances"),
                // Kept for a session and no longer: lines may hold addresses with passwords.
                "-Dkaraf.history=/dev/null",
                "-Dkaraf.shell.history.file.maxSize=1000000000",
                "-Dkaraf.startLocalConsole=false",
                "-Dkaraf.startRemoteShell=true",
                "-Dkaraf.exec.init.script=" + data.etc().resolve("shell.exec.script"),
                "-Djava.io.tmpdir=" + temporary,
                "-Djava.util.logging.config.file="
                        + data.etc().resolve("java.util.logging.properties"),
                "-Dorg.bytedeco.javacpp.cachedir=" + data.natives(program),
                "-Dorg.sqlite.tmpdir=" + temporary,
                "-Djna.tmpdir=" + temporary,
                "-Dvisionops.version=" + program.version(),
                "-Dvisionops.data=" + data.visionops(),
                // As an address: the folder's name may hold blanks.
                "-Dvisionops.live.uri=" + data.root().resolve("releases/live").toUri(),
                // Relative to the working folder, which is the data folder: a socket's path holds
                // about 100 bytes.
                "-Dvisionops.channel=" + data.root().relativize(data.socket()),
                "-Dvisionops.watchdog=" + data.root().relativize(data.heartbeatSocket()),
                "-Dvisionops.http.port=" + ports.http(),
                "-Dvisionops.ssh.port=" + ports.ssh());
    }

    private static String classpath(Program program) {
        return Stream.of("lib/boot", "lib/jdk9plus")
                .flatMap(folder -> program.files(folder).stream())
                .map(Path::toString)
                .filter(file -> file.endsWith(".jar"))
                .collect(Collectors.joining(java.io.File.pathSeparator));
    }
}
