package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.testkit.onvif.OnvifBeacon;
import io.visionops.testkit.onvif.OnvifDevice;
import io.visionops.testkit.onvif.OnvifScript;
import io.visionops.testkit.scene.Scenes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class DiscoverIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "s3cret-Pw";

    @Test
    void aCameraIsFoundAddedAsToldAndStreams() throws Exception {
        try (Instance instance = Instance.fresh("discover");
                RtspServer server =
                        RtspServer.start(Clips.of(Scenes.demo()), "viewer:" + PASSWORD);
                OnvifDevice device =
                        OnvifDevice.start(
                                camera("127.0.0.1", server.port())
                                        .wanting(OnvifScript.Login.TOKEN, "viewer", PASSWORD))) {
            instance.start().expect(0);

            JsonNode found = discover(instance, "--user", "viewer", device.hostAndPort(), "--json");

            assertThat(found).hasSize(1);
            assertThat(found.get(0).get("problem").isNull()).isTrue();
            assertThat(found.get(0).get("streams")).hasSize(2);
            assertThat(found.get(0).get("model").asText()).isEqualTo("Dome 4");
            String add = found.get(0).get("add").asText();
            assertThat(add)
                    .isEqualTo(
                            "camera-add camera-127-0-0-1 'rtsp://127.0.0.1:"
                                    + server.port()
                                    + "/cam' --user 'viewer'");
            shell(instance, add.replace("'", "").split(" ")).expect(0);
            Await.until(20, () -> instance.stateOf("camera-127-0-0-1").equals("STREAMING"));
            assertThat(device.heard()).noneMatch(request -> request.contains(PASSWORD));
            assertThat(instance.log()).doesNotContain(PASSWORD);
            assertThat(instance.data().resolve("run/key").toFile().list())
                    .noneMatch(file -> file.startsWith("password"));
        }
    }

    @Test
    void aCameraIsFoundByMulticast() throws Exception {
        List<NetworkInterface> networks = OnvifBeacon.networks();
        Assumptions.assumeFalse(networks.isEmpty(), "no network with multicast");
        NetworkInterface network = networks.get(0);
        InetAddress own =
                network.inetAddresses()
                        .filter(one -> one.getAddress().length == 4)
                        .findFirst()
                        .orElseThrow();
        try (Instance instance = Instance.fresh("multicast");
                OnvifDevice device = OnvifDevice.start(camera(own.getHostAddress(), 554), own);
                OnvifBeacon beacon =
                        OnvifBeacon.inGroup(
                                new InetSocketAddress("239.255.255.250", 3702),
                                network,
                                List.of(
                                        new OnvifBeacon.Match(
                                                "urn:uuid:8f1c", "Gate", device.service())))) {
            instance.start().expect(0);

            JsonNode all = instance.json("camera-discover", "--timeout", "3s");

            List<JsonNode> gates = new ArrayList<>();
            all.forEach(
                    one -> {
                        if (one.get("name").asText().equals("Gate")) {
                            gates.add(one);
                        }
                    });
            assertThat(beacon.heard()).isNotEmpty();
            assertThat(gates).hasSize(1);
            assertThat(gates.get(0).get("streams").get(1).get("recommended").asBoolean()).isTrue();
        }
    }

    @Test
    void aSwapEndsASearchInOneLineAndTheSuccessorSearches() throws Exception {
        List<NetworkInterface> networks = OnvifBeacon.networks();
        Assumptions.assumeFalse(networks.isEmpty(), "no network with multicast");
        try (Instance instance = Instance.fresh("discover-swap");
                OnvifDevice device = OnvifDevice.start(camera("127.0.0.1", 554));
                OnvifBeacon beacon =
                        OnvifBeacon.inGroup(
                                new InetSocketAddress("239.255.255.250", 3702),
                                networks.get(0),
                                List.of())) {
            instance.start().expect(0);
            CompletableFuture<Instance.Result> searching =
                    CompletableFuture.supplyAsync(
                            () -> search(instance, List.of("--timeout", "60s")));
            Await.until(30, () -> !beacon.heard().isEmpty());

            instance.shell("bundle:update", "io.visionops.discovery").expect(0);

            assertThat(searching.get(30, TimeUnit.SECONDS).expect(1).said())
                    .contains("the search was ended, since the part discovery is being replaced")
                    .hasLineCount(1);
            assertThat(instance.json("camera-discover", device.hostAndPort()).get(0).get("streams"))
                    .hasSize(2);

            instance.shell("bundle:stop", "io.visionops.discovery").expect(0);
            assertThat(search(instance, List.of(device.hostAndPort())).expect(1).said())
                    .contains(
                            "the search for cameras is not available: bundle"
                                    + " io.visionops.discovery is stopped");
            assertThat(instance.log()).doesNotContain(" ERROR ");
        }
    }

    private static Instance.Result search(Instance instance, List<String> words) {
        List<String> call = new ArrayList<>(List.of("camera-discover"));
        call.addAll(words);
        try {
            return instance.shell(call.toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OnvifScript camera(String host, int rtspPort) {
        String uri = "rtsp://HOST:" + rtspPort + "/cam";
        return OnvifScript.camera()
                .naming(host)
                .with(
                        List.of(
                                new OnvifScript.Profile(
                                        "m", "Main", "H264", 1920, 1080, 25, uri + "/main"),
                                new OnvifScript.Profile("s", "Sub", "H264", 640, 360, 10, uri)));
    }

    private static JsonNode discover(Instance instance, String... words) throws Exception {
        List<String> call = new ArrayList<>(List.of("camera-discover"));
        call.addAll(List.of(words));
        return JSON.readTree(shell(instance, call.toArray(String[]::new)).expect(0).out());
    }

    /** With the password where neither an argument nor a terminal brings it. */
    private static Instance.Result shell(Instance instance, String... words) throws Exception {
        List<String> call = new ArrayList<>(List.of("shell"));
        call.addAll(List.of(words));
        List<String> command = new ArrayList<>();
        command.add("env");
        command.add("VISIONOPS_CAMERA_PASSWORD=" + PASSWORD);
        command.addAll(instance.command(call));
        return Instance.run(60, command);
    }
}
