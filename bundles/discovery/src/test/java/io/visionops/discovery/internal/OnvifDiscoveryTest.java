package io.visionops.discovery.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.visionops.api.discovery.Device;
import io.visionops.api.discovery.Device.Stream;
import io.visionops.api.discovery.DiscoveryException;
import io.visionops.api.discovery.Search;
import io.visionops.api.discovery.Search.Login;
import io.visionops.api.time.Ticker;
import io.visionops.testkit.TlsFront;
import io.visionops.testkit.onvif.OnvifBeacon;
import io.visionops.testkit.onvif.OnvifBeacon.Match;
import io.visionops.testkit.onvif.OnvifDevice;
import io.visionops.testkit.onvif.OnvifScript;
import io.visionops.testkit.onvif.OnvifScript.Manner;
import io.visionops.testkit.onvif.OnvifScript.Profile;
import io.visionops.testkit.onvif.OnvifScript.Services;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class OnvifDiscoveryTest {

    private static final Login LOGIN = new Login("admin", "s3cret<&>\"Pw");

    /** Not the real group, so that cameras around do not answer. */
    private static final String GROUP = "239.255.255.251";

    private static OnvifDiscovery discovery(InetSocketAddress group, Integer... ports) {
        return new OnvifDiscovery(
                new Prober(group),
                List.of(ports),
                Clock.systemUTC(),
                Ticker.system(),
                new Random(1));
    }

    private static OnvifDiscovery discovery(Integer... ports) {
        // Nobody listens at the port of discard.
        return discovery(new InetSocketAddress(GROUP, 9), ports);
    }

    private static Search search(Optional<Login> login, String... hosts) {
        return new Search(List.of(hosts), login, 640, Duration.ofSeconds(5));
    }

    private static Device ask(OnvifDevice camera, Login login) throws DiscoveryException {
        List<Device> found = discovery().discover(search(Optional.of(login), camera.hostAndPort()));
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static Device ask(OnvifDevice camera) throws DiscoveryException {
        List<Device> found = discovery().discover(search(Optional.empty(), camera.hostAndPort()));
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    @Test
    void aCameraTellsItsStreamsAndTheSubStreamIsRecommended() throws Exception {
        try (OnvifDevice camera = OnvifDevice.start(OnvifScript.camera())) {

            Device found = ask(camera);

            assertThat(found.problem()).isEmpty();
            assertThat(found.manufacturer()).isEqualTo("ACME");
            assertThat(found.model()).isEqualTo("Dome 4");
            assertThat(found.notes()).isEmpty();
            assertThat(found.streams())
                    .containsExactly(
                            new Stream(
                                    "Main stream",
                                    "H264",
                                    1920,
                                    1080,
                                    25,
                                    "rtsp://127.0.0.1:554/Streaming/Channels/101?transportmode=unicast",
                                    false),
                            new Stream(
                                    "Sub stream",
                                    "H264",
                                    640,
                                    360,
                                    10,
                                    "rtsp://127.0.0.1:554/Streaming/Channels/102?transportmode=unicast",
                                    true));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = OnvifScript.Login.class,
            names = {"TOKEN", "HTTP_MD5", "HTTP_SHA256", "HTTP_OLD"})
    void everyWayToLogInIsTakenAndNoneGivesThePasswordAway(OnvifScript.Login way) throws Exception {
        OnvifScript script =
                OnvifScript.camera()
                        .wanting(way, "admin", LOGIN.password())
                        .clockAhead(Duration.ofHours(-7));
        try (OnvifDevice camera = OnvifDevice.start(script)) {

            Device found = ask(camera, LOGIN);

            assertThat(found.problem()).isEmpty();
            assertThat(found.streams()).hasSize(2);
            assertThat(found.notes()).hasSize(1);
            assertThat(found.notes().get(0)).contains("its clock is 25").contains("s behind");
            assertThat(camera.heard())
                    .noneMatch(request -> request.contains("s3cret"))
                    .noneMatch(request -> request.contains("Basic"));
        }
    }

    @Test
    void aWrongPasswordIsTriedOnceAndSaid() throws Exception {
        for (OnvifScript.Login way : List.of(OnvifScript.Login.TOKEN, OnvifScript.Login.HTTP_MD5)) {
            OnvifScript script = OnvifScript.camera().wanting(way, "admin", "another");
            try (OnvifDevice camera = OnvifDevice.start(script)) {

                Device found = ask(camera, LOGIN);

                assertThat(found.problem()).contains("the device refuses the user or password");
                assertThat(found.streams()).isEmpty();
                // Cameras lock out who guesses: one try, in each of at most two ways.
                assertThat(camera.refusals()).isBetween(1, 2);
            }
        }
    }

    @Test
    void aCameraThatAsksForThePasswordItselfDoesNotGetIt() throws Exception {
        OnvifScript script =
                OnvifScript.camera()
                        .wanting(OnvifScript.Login.HTTP_BASIC, "admin", LOGIN.password());
        try (OnvifDevice camera = OnvifDevice.start(script)) {

            Device found = ask(camera, LOGIN);

            assertThat(found.problem())
                    .contains("the device wants the password as it is, which it does not get");
            assertThat(camera.heard()).noneMatch(request -> request.contains("Basic "));
        }
    }

    @Test
    void withoutALoginACameraThatWantsOneSaysSo() throws Exception {
        OnvifScript script =
                OnvifScript.camera().wanting(OnvifScript.Login.TOKEN, "admin", "secret");
        try (OnvifDevice camera = OnvifDevice.start(script)) {

            Device found = ask(camera);

            assertThat(found.problem()).contains("the device tells its streams only after a login");
            assertThat(camera.refusals()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Services.class)
    void oldAndNewServicesAreUnderstood(Services services) throws Exception {
        try (OnvifDevice camera = OnvifDevice.start(OnvifScript.camera().with(services))) {

            Device found = ask(camera);

            assertThat(found.problem()).isEmpty();
            assertThat(found.streams()).extracting(Stream::width).containsExactly(1920, 640);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ENDLESS         | answers with more than 512 kB",
                "GIGABYTE        | answers with more than 512 kB",
                "ENDLESS_HEADERS | answers with more than 100 headers",
                "ENDLESS_LINE    | answers with a line longer than 8192 bytes",
                "TRICKLE         | does not answer in time",
                "ENTITY_BOMB     | answers with a document type or entities: refused",
                "EXTERNAL_ENTITY | answers with a document type or entities: refused",
                "DEEP            | answers with XML that is nested too deeply",
                "NO_XML          | answers with something that is no XML",
                "OTHER_XML       | answers with HTTP 200 and no SOAP message",
                "NO_HTTP         | does not speak HTTP there",
                "REDIRECT        | sends us elsewhere, to http://192.0.2.66/steal: not followed",
                "SILENT          | does not answer in time",
                "HANGS_UP        | ends the connection without a whole answer",
                "EMPTY           | answers with HTTP 200 and nothing else",
                "FAULT           | answers with a fault: Try again [31m later",
                "ERROR_500       | answers with HTTP 500"
            })
    void whateverADeviceAnswersIsOneLineInTime(Manner manner, String line) throws Exception {
        try (OnvifDevice camera = OnvifDevice.start(OnvifScript.camera().behaving(manner))) {
            long began = System.nanoTime();

            Device found = ask(camera, LOGIN);

            assertThat(found.problem()).contains("the device " + line);
            assertThat(found.streams()).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void everyMannerHasItsLine() throws Exception {
        CsvSource lines =
                OnvifDiscoveryTest.class
                        .getDeclaredMethod(
                                "whateverADeviceAnswersIsOneLineInTime", Manner.class, String.class)
                        .getAnnotation(CsvSource.class);

        assertThat(Arrays.stream(lines.value()).map(line -> line.split("\\|")[0].strip()))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Manner.values())
                                .filter(one -> one != Manner.PROPER)
                                .map(Enum::name)
                                .toList());
    }

    @Test
    void anAddressOfSomebodyElseIsNeverCalled() throws Exception {
        try (OnvifDevice victim = OnvifDevice.start(OnvifScript.camera());
                OnvifDevice liar = OnvifDevice.start(OnvifScript.camera().naming("192.0.2.77"))) {

            Device found = ask(liar, LOGIN);

            assertThat(found.streams())
                    .extracting(Stream::url)
                    .allMatch(url -> url.startsWith("rtsp://127.0.0.1:554/"));
            assertThat(found.notes())
                    .containsExactly(
                            "it names the address 192.0.2.77, which is not where it was found:"
                                    + " taken as its own");
            assertThat(victim.heard()).isEmpty();
        }
    }

    @Test
    void aStreamAddressIsHarmlessOnACommandLine() throws Exception {
        Profile evil =
                new Profile(
                        "p",
                        "x&#9;\u202e$(reboot)",
                        "H264",
                        640,
                        480,
                        5,
                        "rtsp://root:pw@HOST:554/a'; rm -rf $HOME `id` ${x} \"");
        Profile other = new Profile("q", "file", "H264", 640, 480, 5, "file:///etc/passwd");
        OnvifScript script = OnvifScript.camera().with(List.of(evil, other));
        try (OnvifDevice camera = OnvifDevice.start(script)) {

            Device found = ask(camera);

            assertThat(found.streams())
                    .extracting(Stream::url)
                    .containsExactly(
                            "rtsp://127.0.0.1:554/a%27;%20rm%20-rf%20%24HOME%20%60id%60%20%24%7Bx%7D%20%22");
            assertThat(found.streams().get(0).profile()).isEqualTo("x $(reboot)");
            assertThat(found.notes())
                    .containsExactly("its profile q has no address that can be used");
        }
    }

    @Test
    void aHostIsProbedAndElseKnockedAt() throws Exception {
        try (OnvifDevice camera = OnvifDevice.start(OnvifScript.camera());
                OnvifBeacon beacon =
                        OnvifBeacon.direct(
                                0,
                                List.of(new Match("urn:uuid:1", "Gate%20cam", camera.service())))) {
            int nobody = freePort();

            List<Device> probed =
                    discovery(new InetSocketAddress(GROUP, beacon.port()))
                            .discover(search(Optional.empty(), "127.0.0.1"));
            List<Device> named =
                    discovery(nobody, camera.port())
                            .discover(search(Optional.empty(), "127.0.0.1"));
            List<Device> missed = discovery(nobody).discover(search(Optional.empty(), "127.0.0.1"));

            assertThat(probed).extracting(Device::name).containsExactly("Gate cam");
            assertThat(probed.get(0).streams()).hasSize(2);
            assertThat(named.get(0).streams()).hasSize(2);
            assertThat(missed.get(0).problem().orElseThrow())
                    .contains("does not answer as ONVIF does at the ports " + nobody);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDeviceThatIsServedBehindACertificateOfItsOwnIsAskedThere(
            boolean announced, @TempDir Path folder) throws Exception {
        OnvifScript script =
                OnvifScript.camera()
                        .wanting(OnvifScript.Login.TOKEN, LOGIN.user(), LOGIN.password());
        try (OnvifDevice camera = OnvifDevice.start(script);
                TlsFront front = TlsFront.before(camera.port(), folder)) {
            String service = "https://127.0.0.1:" + front.port() + "/onvif/device_service";

            Device found = announced ? announced(service) : redirected(service);

            assertThat(found.problem()).isEmpty();
            assertThat(found.streams()).hasSize(2);
        }
    }

    private static Device announced(String service) throws Exception {
        Match match = new Match("urn:uuid:1", "Gate", service);
        try (OnvifBeacon beacon = OnvifBeacon.direct(0, List.of(match))) {
            return discovery(new InetSocketAddress(GROUP, beacon.port()))
                    .discover(search(Optional.of(LOGIN), "127.0.0.1"))
                    .get(0);
        }
    }

    private static Device redirected(String service) throws Exception {
        HttpServer plain =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        plain.createContext(
                "/",
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    exchange.getResponseHeaders().set("Location", service);
                    exchange.sendResponseHeaders(308, -1);
                });
        plain.start();
        try {
            String host = "127.0.0.1:" + plain.getAddress().getPort();
            return discovery().discover(search(Optional.of(LOGIN), host)).get(0);
        } finally {
            plain.stop(0);
        }
    }

    @Test
    void aSecureConnectionToWhomeverDoesNotGetThePasswordItself(@TempDir Path folder)
            throws Exception {
        OnvifScript script =
                OnvifScript.camera()
                        .wanting(OnvifScript.Login.HTTP_BASIC, LOGIN.user(), LOGIN.password());
        try (OnvifDevice camera = OnvifDevice.start(script);
                TlsFront front = TlsFront.before(camera.port(), folder)) {
            Device found = announced("https://127.0.0.1:" + front.port() + "/onvif/device_service");

            assertThat(found.problem().orElseThrow())
                    .contains("wants the password as it is, which it does not get");
            assertThat(camera.heard()).noneMatch(one -> one.contains("Basic "));
        }
    }

    @Test
    void aNetworkIsSearchedAndEachDeviceIsListedOnce() throws Exception {
        List<NetworkInterface> networks = OnvifBeacon.networks();
        Assumptions.assumeFalse(networks.isEmpty(), "no network with multicast");
        NetworkInterface network = networks.get(0);
        int port = freePort();
        InetSocketAddress group = new InetSocketAddress(GROUP, port);
        // The devices say that they are at loopback, but answer from the address of the network:
        // they are asked there, where nobody listens.
        Match one = new Match("urn:uuid:1", "One", "http://192.0.2.99:" + port + "/onvif/x");
        Match two = new Match("urn:uuid:2", "Two", "ftp://192.0.2.98/onvif/x");
        try (OnvifBeacon beacon = OnvifBeacon.inGroup(group, network, List.of(one, two, one))) {
            Search search = new Search(List.of(), Optional.of(LOGIN), 640, Duration.ofSeconds(2));

            List<Device> found = discovery(group).discover(search);

            assertThat(found).extracting(Device::name).containsExactlyInAnyOrder("One", "Two");
            assertThat(found)
                    .filteredOn(device -> device.name().equals("Two"))
                    .allSatisfy(
                            device ->
                                    assertThat(device.problem().orElseThrow())
                                            .contains("names no address of its own"));
            assertThat(beacon.heard().size()).isGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void aHostileDatagramIsPassedOver() throws Exception {
        try (OnvifDevice camera = OnvifDevice.start(OnvifScript.camera());
                OnvifBeacon beacon =
                        OnvifBeacon.direct(
                                        0, List.of(new Match("urn:uuid:1", "X", camera.service())))
                                .behaving(answer -> "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>")) {

            List<Device> found =
                    discovery(new InetSocketAddress(GROUP, beacon.port()), camera.port())
                            .discover(search(Optional.empty(), "127.0.0.1"));

            assertThat(found.get(0).name()).isEmpty();
            assertThat(found.get(0).streams()).hasSize(2);
        }
    }

    @Test
    void anAnswerToSomebodyElsesProbeIsPassedOver() throws Exception {
        try (OnvifBeacon beacon =
                OnvifBeacon.direct(0, List.of(new Match("urn:uuid:1", "X", "http://127.0.0.1/x")))
                        .behaving(
                                answer ->
                                        answer.replaceAll(
                                                "(RelatesTo>)[^<]*", "$1urn:uuid:other"))) {

            List<Device> found =
                    discovery(new InetSocketAddress(GROUP, beacon.port()))
                            .discover(search(Optional.empty(), "127.0.0.1"));

            assertThat(found.get(0).problem().orElseThrow()).contains("does not answer as ONVIF");
        }
    }

    @Test
    void aWrongSearchIsRefusedInOneLine() {
        for (String host : List.of("10.0.0.5/24", "a b", "", "10.0.0.5:99999", "x:0", "http://x")) {
            assertThatThrownBy(() -> discovery().discover(search(Optional.empty(), host)))
                    .isInstanceOf(DiscoveryException.class)
                    .hasMessageContaining("must be HOST or HOST:PORT");
        }
        assertThatThrownBy(
                        () ->
                                discovery()
                                        .discover(
                                                new Search(
                                                        List.of("a"),
                                                        Optional.empty(),
                                                        640,
                                                        Duration.ofMinutes(2))))
                .hasMessage("a search takes 1 s to 60 s");
    }

    @Test
    void oneSearchAtATime() throws Exception {
        try (OnvifDevice silent = OnvifDevice.start(OnvifScript.camera().behaving(Manner.SILENT))) {
            OnvifDiscovery discovery = discovery();
            Search search = search(Optional.empty(), silent.hostAndPort());
            CompletableFuture<List<Device>> first =
                    CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    return discovery.discover(search);
                                } catch (DiscoveryException e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            org.awaitility.Awaitility.await().until(() -> !silent.heard().isEmpty());

            assertThatThrownBy(() -> discovery.discover(search))
                    .isInstanceOf(DiscoveryException.class)
                    .hasMessageContaining("running already");

            first.join();
            assertThat(discovery.discover(search)).hasSize(1);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
