package io.visionops.health.internal.network;

import io.visionops.api.time.Ticker;
import io.visionops.support.breaker.BreakerPolicy;
import io.visionops.support.breaker.Breakers;
import io.visionops.support.meter.Reading;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.felix.hc.api.FormattingResultLog;

/** Tries hosts one after the other; the check reads what was found. Thread-safe. */
final class NetworkWatch implements AutoCloseable {

    static final Duration EVERY = Duration.ofSeconds(30);

    /** A connection is cheap, and whoever mends a network wants to see it. */
    private static final BreakerPolicy POLICY =
            BreakerPolicy.DEFAULT.waiting(Duration.ofSeconds(30), Duration.ofMinutes(5));

    /** For one host. */
    private static final Duration LONGEST =
            HostProbe.RESOLVE.plus(HostProbe.CONNECT.multipliedBy(2));

    private final Network network;
    private final Ticker ticker;
    private final Breakers breakers;
    private volatile State state;

    /**
     * What is tried, and what was found at which time.
     *
     * @param found one for each probe
     */
    private record State(
            List<OutsideHost> hosts,
            List<HostProbe> probes,
            List<HostProbe.Found> found,
            long at) {}

    NetworkWatch(List<OutsideHost> hosts, Network network, Ticker ticker) {
        this.network = network;
        this.ticker = ticker;
        this.breakers = new Breakers("health", ticker);
        this.state = anew(hosts);
    }

    private State anew(List<OutsideHost> hosts) {
        List<HostProbe> probes =
                IntStream.range(0, hosts.size())
                        .mapToObj(
                                i ->
                                        new HostProbe(
                                                hosts.get(i),
                                                network,
                                                // No meter has an address in it.
                                                breakers.anew("outside host " + (i + 1), POLICY),
                                                HostProbe.RESOLVE))
                        .toList();
        return new State(
                hosts, probes, probes.stream().map(HostProbe::found).toList(), ticker.nanos());
    }

    List<OutsideHost> hosts() {
        return state.hosts();
    }

    /** Other hosts, from now on. By the thread that looks. */
    void change(List<OutsideHost> hosts) {
        close();
        state.probes().forEach(probe -> breakers.forget(probe.breaker()));
        state = anew(hosts);
    }

    /** Tries each. Waits. */
    void look() {
        State before = state;
        List<HostProbe.Found> found = before.probes().stream().map(HostProbe::look).toList();
        state = new State(before.hosts(), before.probes(), found, ticker.nanos());
    }

    List<Reading> readings() {
        return breakers.readings();
    }

    void judge(FormattingResultLog log) {
        State now = state;
        Duration oldest = EVERY.plus(LONGEST.multipliedBy(now.hosts().size())).multipliedBy(2);
        Duration age = Duration.ofNanos(ticker.nanos() - now.at());
        NetworkJudge.judge(now.found(), age, oldest, log);
    }

    @Override
    public void close() {
        state.probes().forEach(HostProbe::close);
    }
}
