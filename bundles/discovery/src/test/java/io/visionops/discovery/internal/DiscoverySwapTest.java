package io.visionops.discovery.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.visionops.api.discovery.Device;
import io.visionops.api.discovery.DiscoveryException;
import io.visionops.api.discovery.Search;
import io.visionops.api.time.Ticker;
import io.visionops.support.breaker.BreakerStatus.State;
import io.visionops.testkit.onvif.OnvifBeacon;
import io.visionops.testkit.onvif.OnvifDevice;
import io.visionops.testkit.onvif.OnvifScript;
import io.visionops.testkit.onvif.OnvifScript.Manner;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A part that is swapped while somebody searches. Alone, since it looks at the threads that ask
 * devices.
 */
@Isolated
@Timeout(20)
class DiscoverySwapTest {

    private static final String LINE =
            "the search was ended, since the part discovery is being replaced or stopped: try again"
                    + " in a moment";

    /** Nobody listens at the port of discard, and no camera is in this group. */
    private final OnvifDiscovery discovery =
            new OnvifDiscovery(
                    new Prober(new InetSocketAddress("239.255.255.251", 9)),
                    List.of(9),
                    Clock.systemUTC(),
                    Ticker.system(),
                    new Random(1));

    private static Search search(List<String> hosts) {
        return new Search(hosts, Optional.empty(), 640, Duration.ofSeconds(60));
    }

    private CompletableFuture<List<Device>> begin(Search search) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return discovery.discover(search);
                    } catch (DiscoveryException e) {
                        throw new CompletionException(e);
                    }
                });
    }

    private static void assertThatItEnds(CompletableFuture<List<Device>> searching) {
        assertThatThrownBy(() -> searching.get(5, TimeUnit.SECONDS))
                .hasCauseInstanceOf(DiscoveryException.class)
                .cause()
                .hasMessage(LINE);
    }

    private static boolean noDeviceIsAsked() {
        return Thread.getAllStackTraces().keySet().stream()
                .noneMatch(one -> one.getName().startsWith("visionops-discovery-device"));
    }

    @Test
    void devicesThatDoNotAnswerAreWaitedForNoLonger() throws Exception {
        List<OnvifDevice> silent = new ArrayList<>();
        try {
            // More than are asked side by side: some have not been asked yet.
            for (int i = 0; i < 20; i++) {
                silent.add(OnvifDevice.start(OnvifScript.camera().behaving(Manner.SILENT)));
            }
            CompletableFuture<List<Device>> searching =
                    begin(search(silent.stream().map(OnvifDevice::hostAndPort).toList()));
            await().until(
                            () ->
                                    silent.stream().filter(one -> !one.heard().isEmpty()).count()
                                            == 16);

            discovery.stop();

            assertThatItEnds(searching);
            // Sooner than the three seconds that a device has for its answer.
            await().atMost(2, TimeUnit.SECONDS).until(DiscoverySwapTest::noDeviceIsAsked);
        } finally {
            for (OnvifDevice one : silent) {
                one.close();
            }
        }
    }

    @Test
    void whoeverListensToTheNetworksIsWokenUp() {
        Assumptions.assumeFalse(OnvifBeacon.networks().isEmpty(), "no network with multicast");
        CompletableFuture<List<Device>> searching = begin(search(List.of()));
        await().until(discovery::isSearching);

        discovery.stop();

        assertThatItEnds(searching);
        assertThat(discovery.breaker().state()).isEqualTo(State.CLOSED);
        assertThat(discovery.breaker().failures()).isZero();
    }

    @Test
    void whoeverStillHoldsTheServiceIsToldTheSame() {
        discovery.stop();

        assertThatThrownBy(() -> discovery.discover(search(List.of("127.0.0.1:9"))))
                .isInstanceOf(DiscoveryException.class)
                .hasMessage(LINE);
    }
}
