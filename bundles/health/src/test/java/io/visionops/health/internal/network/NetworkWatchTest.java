package io.visionops.health.internal.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.testkit.ManualClock;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;
import org.apache.felix.hc.api.ResultLog;
import org.junit.jupiter.api.Test;

class NetworkWatchTest {

    private static final InetAddress FIRST = address(1);
    private static final InetAddress SECOND = address(2);

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final FakeNetwork network = new FakeNetwork();
    private final NetworkWatch watch =
            new NetworkWatch(OutsideHost.read("broker.example.org:8883"), network, clock);

    /** A network in memory. */
    private static final class FakeNetwork implements Network {

        final List<InetAddress> known = new ArrayList<>(List.of(FIRST, SECOND));
        final List<InetAddress> silent = new ArrayList<>();
        final List<InetAddress> tried = new ArrayList<>();

        @Override
        public List<InetAddress> resolve(String host) throws IOException {
            if (known.isEmpty()) {
                throw new UnknownHostException(host);
            }
            return known;
        }

        @Override
        public void connect(InetSocketAddress to, Duration limit) throws IOException {
            tried.add(to.getAddress());
            if (silent.contains(to.getAddress())) {
                throw new ConnectException("Connection refused");
            }
        }
    }

    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) last});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void withoutOutsideHostsAllIsWell() {
        assertFound(
                new NetworkWatch(List.of(), network, clock),
                Status.OK,
                "no outside host is in use");
    }

    @Test
    void aHostThatAnswersIsWell() {
        assertFound(watch, Status.OK, "broker.example.org:8883 is being tried");
        watch.look();

        assertFound(watch, Status.OK, "broker.example.org:8883 can be reached");
        assertThat(network.tried).containsExactly(FIRST);
    }

    @Test
    void itsSecondAddressIsTriedToo() {
        network.silent.add(FIRST);
        watch.look();

        assertFound(watch, Status.OK, "can be reached");
        assertThat(network.tried).containsExactly(FIRST, SECOND);
    }

    @Test
    void whatCannotBeReachedOnceIsAWarningAndThreeTimesCritical() {
        network.silent.addAll(List.of(FIRST, SECOND));
        watch.look();
        assertFound(watch, Status.WARN, "was not reached, no connection: Connection refused");
        watch.look();
        watch.look();

        assertFound(
                watch,
                Status.CRITICAL,
                "cannot be reached, no connection: Connection refused; next try in 30 s");
    }

    @Test
    void oneThatIsGivenUpIsTriedNoMoreUntilItsTimeAndIsThenWellAtOnce() {
        network.silent.addAll(List.of(FIRST, SECOND));
        for (int i = 0; i < 3; i++) {
            watch.look();
        }
        int tried = network.tried.size();
        network.silent.clear();

        watch.look();
        assertThat(network.tried).hasSize(tried);
        clock.advance(Duration.ofSeconds(31));
        watch.look();

        assertFound(watch, Status.OK, "can be reached");
    }

    @Test
    void aNameThatNobodyKnowsIsSaidSo() {
        network.known.clear();
        watch.look();

        assertFound(watch, Status.WARN, "its name cannot be resolved: no name server knows it");
    }

    @Test
    void whatWasFoundLongAgoIsCritical() {
        watch.look();
        clock.advance(Duration.ofMinutes(2));

        assertFound(watch, Status.CRITICAL, "hosts have not been tried for 120 s");
    }

    @Test
    void otherHostsAreTriedFromNowOnAndNoMeterNamesThem() {
        watch.look();
        watch.change(OutsideHost.read("a:1, [2001:db8::1]:443"));
        watch.look();

        assertFound(watch, Status.OK, "[2001:db8::1]:443 can be reached");
        assertThat(watch.readings())
                .extracting(one -> one.tags().stream().toList().toString())
                .allSatisfy(tags -> assertThat(tags).doesNotContain("2001", "example"))
                .anySatisfy(tags -> assertThat(tags).contains("outside host 2"));
    }

    @Test
    void theNetworkOfThisComputerIsUsed() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            NetworkWatch own =
                    new NetworkWatch(
                            OutsideHost.read("127.0.0.1:" + server.getLocalPort()),
                            Network.ofSystem(),
                            clock);
            own.look();

            assertFound(own, Status.OK, "can be reached");
        }
    }

    @Test
    void aWrongHostIsRefusedWithWhatIsAllowed() {
        for (String wrong : new String[] {"broker", "broker:0", "broker:70000", "http://a:1"}) {
            assertThatThrownBy(() -> OutsideHost.read(wrong))
                    .as(wrong)
                    .hasMessageContaining("must be HOST:PORT");
        }
        assertThatThrownBy(() -> OutsideHost.read("a:1,a:2,a:3,a:4,a:5,a:6,a:7,a:8,a:9,b:1,b:2"))
                .hasMessageContaining("10 hosts at most");
    }

    private static void assertFound(NetworkWatch watch, Status status, String words) {
        FormattingResultLog log = new FormattingResultLog();
        watch.judge(log);
        Result result = new Result(log);
        StringBuilder said = new StringBuilder();
        for (ResultLog.Entry entry : result) {
            said.append(entry.getMessage()).append('\n');
        }
        assertThat(result.getStatus()).as("%s", said).isEqualTo(status);
        assertThat(said.toString()).contains(words);
    }
}
