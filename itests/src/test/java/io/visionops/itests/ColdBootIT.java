package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ColdBootIT {

    @Test
    void anEmptyFolderBecomesARunningSystemThatOnlyItsOwnerCanEnter() throws Exception {
        try (Instance instance = Instance.fresh("cold-boot")) {

            Instance.Result started = instance.start().expect(0);

            Path kept = instance.etc().resolve("admin-password");
            String password = Files.readString(kept).strip();
            assertThat(password).hasSizeGreaterThanOrEqualTo(20);
            // Nobody is at a terminal: what a service prints is kept where others read it.
            assertThat(started.out()).contains(kept.toString()).doesNotContain(password);
            assertThat(Files.getPosixFilePermissions(kept))
                    .containsExactlyInAnyOrder(
                            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
            assertThat(Files.readString(instance.etc().resolve("users.properties")))
                    .doesNotContain(password);
            assertThat(instance.log()).doesNotContain(password);
            assertThat(complaints(instance.log())).isEmpty();
            assertThat(Files.exists(Instance.HOME.resolve("deploy"))).isFalse();
            assertThatOnlyLoopbackListens(instance);

            Instance.Result status = instance.call("status");
            assertThat(status.status()).as(status.out()).isZero();
            Instance.Result again = instance.start();
            assertThat(again.status()).isNotZero();
            assertThat(again.out() + again.err()).contains("runs already");

            assertThat(instance.shell("bundle:list", "-t", "0", "-s").out())
                    .contains("io.visionops.noscp", "org.eclipse.jetty.server")
                    .doesNotContain("jetty.client", "jetty.jmx", "jetty.servlets", "sshd.scp")
                    .doesNotContain("gogo", "memoryusage", "plugins.event", "karaf.event");

            long stopping = System.nanoTime();
            instance.stop().expect(0);
            // It takes one or two seconds; what sleeps meanwhile is woken, and not waited for.
            assertThat(Duration.ofNanos(System.nanoTime() - stopping))
                    .isLessThan(Duration.ofSeconds(10));
            assertThat(instance.processes()).isEmpty();
            assertThat(instance.call("status").status()).isEqualTo(3);

            Files.delete(instance.etc().resolve("users.properties"));
            Instance.Result second = instance.startAtTerminal().expect(0);
            assertThat(second.out()).contains(Files.readString(kept).strip());
        }
    }

    /** After a boot a stranger may have our pid, and even have started at the same tick. */
    @Test
    void aProcessOfAnotherBootIsNotTakenForOurs() throws Exception {
        try (Instance instance = Instance.fresh("another-boot")) {
            Path run = Files.createDirectories(instance.data().resolve("run"));
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String started = stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19];
            long pid = ProcessHandle.current().pid();
            String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();

            for (String file : List.of("java.pid", "launcher.pid")) {
                Files.writeString(run.resolve(file), pid + " " + started + " 0-another-boot\n");
            }
            assertThat(instance.call("status").status()).isEqualTo(3);

            Files.writeString(run.resolve("java.pid"), pid + " " + started + " " + boot + "\n");
            assertThat(instance.call("status").out()).doesNotContain("not running");
            Files.delete(run.resolve("java.pid"));
        }
    }

    @Test
    void whatRunsIsWhatStandsInEtcAtTheStart() throws Exception {
        try (Instance instance = Instance.fresh("etc")) {
            instance.start().expect(0);
            for (String camera : List.of("deleted", "edited", "deleted-later")) {
                Files.writeString(cameraFile(instance, camera), "url = rtsp://127.0.0.1:9/old\n");
            }
            List<Path> more =
                    List.of(
                            instance.etc().resolve("io.visionops.probe.cfg"),
                            instance.etc().resolve("io.visionops.camera-k.config"));
            for (Path file : more) {
                Files.writeString(file, "url=\"rtsp://127.0.0.1:9/k\"\n");
            }
            Await.until(30, () -> instance.json("camera-list").size() == 4);
            Await.until(30, () -> configurations(instance).contains("io.visionops.probe"));

            instance.stop().expect(0);
            Files.delete(cameraFile(instance, "deleted"));
            for (Path file : more) {
                Files.delete(file);
            }
            Files.writeString(cameraFile(instance, "edited"), "url = rtsp://127.0.0.1:9/new\n");
            Instance.Result started = instance.start().expect(0);

            assertThat(instance.stateOf("deleted")).isEqualTo("absent");
            assertThat(instance.stateOf("k")).isEqualTo("absent");
            assertThat(configurations(instance))
                    .contains("io.visionops.ingest")
                    .doesNotContain("io.visionops.probe");
            assertThat(instance.camera("edited").toString()).contains("/new");
            assertThat(started.out())
                    .contains("2 configured, 0 streaming")
                    .contains("camera edited is ")
                    .contains("refuses connections");

            instance.cutPower();
            Files.delete(cameraFile(instance, "deleted-later"));
            instance.start().expect(0);

            assertThat(instance.stateOf("deleted-later")).isEqualTo("absent");
            assertThat(instance.stateOf("edited")).isNotEqualTo("absent");
        }
    }

    /** A detector that does not find what is to be counted is told when that has lasted. */
    @Test
    void aStartThatCountsNothingSaysSo() throws Exception {
        Path clip = Clips.of(io.visionops.testkit.scene.Scenes.demo());
        try (Instance instance = Instance.fresh("counts-nothing")) {
            Files.writeString(
                    cameraFile(instance, "yard"),
                    "url = file:" + clip + "\nloop = true\ndetector = motion\nobjects = person\n");

            Instance.Result started = instance.start().expect(0);

            assertThat(started.out())
                    .contains("1 configured, 1 streaming")
                    .containsPattern("camera yard is .*objects = person: detector motion finds");
            assertThat(instance.call("status").status()).isEqualTo(1);
        }
    }

    /** What the framework has of our own. */
    private static String configurations(Instance instance) throws Exception {
        return instance.shell("config:list", "-s").expect(0).out();
    }

    private static Path cameraFile(Instance instance, String camera) {
        return instance.etc().resolve("io.visionops.camera-" + camera + ".cfg");
    }

    @Test
    void onANearlyFullDiskItRunsWithLessAndSaysSo() throws Exception {
        Instance instance = Instance.fresh("nearly-full");
        String folder = instance.data().toString();
        List<String> mount = List.of("mount", "-t", "tmpfs", "-o", "size=500m", "tmpfs", folder);
        assumeTrue(Instance.run(10, mount).status() == 0, "a small disk cannot be mounted");
        try (instance) {

            instance.start().expect(0);
            instance.stop().expect(0);
            long left = Files.getFileStore(instance.data()).getUsableSpace() >> 20;
            Instance.run(
                            30,
                            List.of(
                                    "dd",
                                    "if=/dev/zero",
                                    "of=" + folder + "/most",
                                    "bs=1M",
                                    "count=" + (left - 60)))
                    .expect(0);
            Instance.Result started = instance.start().expect(0);

            assertThat(started.out()).containsPattern("disk +\\d+ MB left, 512 MB are needed");
            assertThat(instance.call("status").status()).isNotEqualTo(3);
            assertThat(instance.call("status").out()).contains("pictures of events are not kept");

            instance.stop().expect(0);
            Instance.run(30, List.of("dd", "if=/dev/zero", "of=" + folder + "/full", "bs=64k"));
            Instance.Result full = instance.start();
            assertThat(full.status()).isEqualTo(1);
            assertThat(full.err().strip().lines()).hasSize(1);
            assertThat(full.err()).contains("cannot be written").contains("No space left");
        } finally {
            Instance.run(10, List.of("umount", folder));
        }
    }

    @Test
    void everyCommandSaysInOneLineWhatIsWrong() throws Exception {
        try (Instance instance = Instance.fresh("mistakes")) {
            instance.start().expect(0);

            for (List<String> call :
                    List.of(
                            List.of("camera-remove", "nobody"),
                            List.of("camera-add", "bad name", "rtsp://127.0.0.1/x"),
                            List.of("camera-add", "front", "gopher://127.0.0.1/x"),
                            List.of("counts", "--interval", "fortnight"),
                            List.of("events", "--from", "yesterday-ish"),
                            List.of("events", "--cursor", "%%%"),
                            List.of("tracks", "--camera", "nobody", "--from", "soon"),
                            List.of("model-install", "/no/such/file.onnx"),
                            List.of("no-such-command"))) {
                Instance.Result result = instance.shell(call.toArray(String[]::new));

                String said = (result.out() + result.err()).strip();
                assertThat(result.status()).as("%s: %s", call, said).isNotZero();
                assertThat(said.lines()).as("%s", call).hasSize(1);
                assertThat(said).doesNotContain("Exception").doesNotContain("\u001b");
            }
        }
    }

    /** Also of a decoder that is stopped, and of one that waits for a server that hangs. */
    @Test
    void aKilledSystemComesBackWithoutLeftovers() throws Exception {
        Path clip = Clips.of(io.visionops.testkit.scene.Scenes.demo());
        try (Instance instance = Instance.fresh("killed");
                RtspServer live = RtspServer.serving(clip);
                RtspServer frozen = RtspServer.serving(clip)) {
            instance.start().expect(0);
            instance.shell("camera-add", "loop", "file:" + clip, "--set", "loop=true").expect(0);
            instance.shell("camera-add", "stopped", live.url()).expect(0);
            instance.shell("camera-add", "frozen", frozen.url()).expect(0);
            for (String camera : List.of("loop", "stopped", "frozen")) {
                Await.until(30, () -> instance.stateOf(camera).equals("STREAMING"));
            }
            List<ProcessHandle> orphans = instance.decoders();
            assertThat(orphans).hasSize(3);
            ProcessHandle stopped = instance.decoder("stopped");

            frozen.freeze();
            Instance.signal("STOP", stopped);
            instance.cutPower();
            instance.start().expect(0);

            assertThat(orphans).noneMatch(ProcessHandle::isAlive);
            frozen.thaw();
            for (String camera : List.of("loop", "stopped", "frozen")) {
                Await.until(40, () -> instance.stateOf(camera).equals("STREAMING"));
            }
            assertThat(instance.decoders()).hasSize(3);
        }
    }

    @Test
    void aKilledSystemThatDoesNotComeBackLeavesNoDecoder() throws Exception {
        Path clip = Clips.of(io.visionops.testkit.scene.Scenes.demo());
        try (Instance instance = Instance.fresh("killed-for-good");
                RtspServer live = RtspServer.serving(clip);
                RtspServer frozen = RtspServer.serving(clip)) {
            instance.start().expect(0);
            instance.shell("camera-add", "live", live.url()).expect(0);
            instance.shell("camera-add", "stopped", live.url()).expect(0);
            instance.shell("camera-add", "frozen", frozen.url()).expect(0);
            for (String camera : List.of("live", "stopped", "frozen")) {
                Await.until(30, () -> instance.stateOf(camera).equals("STREAMING"));
            }
            List<ProcessHandle> orphans = instance.decoders();
            assertThat(orphans).hasSize(3);
            ProcessHandle stopped = instance.decoder("stopped");

            frozen.freeze();
            Instance.signal("STOP", stopped);
            instance.cutPower();

            Await.until(10, () -> orphans.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    @Test
    void theStateOfTwoInstancesIsApart() throws Exception {
        try (Instance one = Instance.fresh("one");
                Instance two = Instance.fresh("two")) {
            one.start().expect(0);
            two.start().expect(0);

            one.shell("camera-add", "only-here", "rtsp://127.0.0.1:9/none").expect(0);

            JsonNode elsewhere = two.json("camera-list");
            assertThat(elsewhere).isEmpty();
            assertThat(one.json("camera-list")).hasSize(1);
        }
    }

    private static List<String> complaints(String log) {
        return log.lines()
                .filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
                .toList();
    }

    private static void assertThatOnlyLoopbackListens(Instance instance) throws Exception {
        String ports = Files.readString(instance.data().resolve("run/ports.json"));
        Matcher numbers = Pattern.compile(":\\s*(\\d+)").matcher(ports);
        try (Stream<NetworkInterface> interfaces = NetworkInterface.networkInterfaces()) {
            List<InetAddress> outside =
                    interfaces
                            .flatMap(NetworkInterface::inetAddresses)
                            .filter(address -> !address.isLoopbackAddress())
                            .toList();
            while (numbers.find()) {
                int port = Integer.parseInt(numbers.group(1));
                assertThat(accepts(InetAddress.getLoopbackAddress(), port)).isTrue();
                for (InetAddress address : outside) {
                    assertThat(accepts(address, port)).as("%s:%d", address, port).isFalse();
                }
            }
        }
    }

    private static boolean accepts(InetAddress address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 1000);
            return true;
        } catch (java.io.IOException refused) {
            return false;
        }
    }
}
