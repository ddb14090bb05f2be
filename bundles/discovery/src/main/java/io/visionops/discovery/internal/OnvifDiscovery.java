package io.visionops.discovery.internal;

import io.visionops.api.discovery.Device;
import io.visionops.api.discovery.Discovery;
import io.visionops.api.discovery.DiscoveryException;
import io.visionops.api.discovery.Search;
import io.visionops.api.time.Ticker;
import io.visionops.support.breaker.Breaker;
import io.visionops.support.breaker.BreakerPolicy;
import io.visionops.support.breaker.BreakerStatus;
import io.visionops.support.network.Deadline;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds cameras by the protocols of ONVIF, one search at a time. Thread-safe. */
@Component(service = {Discovery.class, OnvifDiscovery.class})
public final class OnvifDiscovery implements Discovery {

    private static final Logger LOG = LoggerFactory.getLogger(OnvifDiscovery.class);

    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofSeconds(60);
    private static final int HOSTS = 256;

    /** Where devices listen, by WS-Discovery. */
    private static final InetSocketAddress GROUP = new InetSocketAddress("239.255.255.250", 3702);

    /** Its classes are gone soon after it is stopped: who is in them is waited for, so long. */
    private static final Duration LEAVING = Duration.ofSeconds(1);

    private static final String STOPPED =
            "the search was ended, since the part discovery is being replaced or stopped: try again"
                    + " in a moment";

    /** A person waits: much sooner than other calls. */
    private static final BreakerPolicy POLICY =
            BreakerPolicy.DEFAULT.waiting(Duration.ofSeconds(10), Duration.ofMinutes(1));

    private final Prober prober;
    private final List<Integer> ports;
    private final Clock clock;
    private final Ticker ticker;
    private final RandomGenerator random;

    private final Breaker breaker;

    /** Of whoever searches; the part keeps it when it is stopped. */
    private final Semaphore turn = new Semaphore(1);

    private volatile @Nullable DiscoveryRun running;
    private volatile boolean stopped;

    @Activate
    public OnvifDiscovery() {
        // The ports that makers of cameras and recorders have chosen.
        this(
                new Prober(GROUP),
                List.of(80, 8080, 8000, 8899, 2020, 443),
                Clock.systemUTC(),
                Ticker.system(),
                new SecureRandom());
    }

    /**
     * @param ports where a device service may be when nobody says so, the likeliest first
     */
    OnvifDiscovery(
            Prober prober,
            List<Integer> ports,
            Clock clock,
            Ticker ticker,
            RandomGenerator random) {
        this.prober = prober;
        this.ports = ports;
        this.clock = clock;
        this.ticker = ticker;
        this.random = random;
        this.breaker = new Breaker("camera discovery", POLICY, ticker);
    }

    @Override
    public List<Device> discover(Search search) throws DiscoveryException {
        if (search.limit().compareTo(LEAST) < 0 || search.limit().compareTo(MOST) > 0) {
            throw new DiscoveryException(
                    "a search takes " + LEAST.toSeconds() + " s to " + MOST.toSeconds() + " s");
        }
        if (search.hosts().size() > HOSTS) {
            throw new DiscoveryException("at most " + HOSTS + " hosts can be asked at once");
        }
        List<HostQuestion> hosts = new ArrayList<>();
        for (String host : search.hosts()) {
            hosts.add(HostQuestion.parse(host));
        }
        if (!turn.tryAcquire()) {
            throw new DiscoveryException(
                    stopped ? STOPPED : "a search is running already: try again in a moment");
        }
        try (DiscoveryRun run =
                new DiscoveryRun(
                        prober,
                        ports,
                        clock,
                        random,
                        search,
                        Deadline.in(ticker, search.limit()))) {
            running = run;
            return search(run, hosts);
        } finally {
            running = null;
            turn.release();
        }
    }

    private List<Device> search(DiscoveryRun run, List<HostQuestion> hosts)
            throws DiscoveryException {
        // Whoever stopped this before it was running has not found it.
        if (stopped) {
            throw new DiscoveryException(STOPPED);
        }
        List<Device> found = hosts.isEmpty() ? everyone(run) : run.hosts(hosts);
        if (run.isCancelled()) {
            throw new DiscoveryException(STOPPED);
        }
        return found;
    }

    /** Of hosts that are named each is asked for itself, and failing is its answer. */
    private List<Device> everyone(DiscoveryRun run) throws DiscoveryException {
        if (!breaker.tryAcquire()) {
            throw new DiscoveryException(breaker.status().words());
        }
        try {
            List<Device> found = run.everyone();
            if (run.isCancelled()) {
                breaker.cancelled();
            } else {
                breaker.succeeded();
            }
            return found;
        } catch (DiscoveryException | RuntimeException e) {
            breaker.failed(e);
            throw e;
        }
    }

    /** Of the search that names no hosts. */
    public BreakerStatus breaker() {
        return breaker.status();
    }

    /** Whether somebody searches at this moment. */
    boolean isSearching() {
        return running != null;
    }

    @Deactivate
    void stop() {
        stopped = true;
        DiscoveryRun run = running;
        if (run != null) {
            run.close();
        }
        try {
            boolean ended = turn.tryAcquire(LEAVING.toMillis(), TimeUnit.MILLISECONDS);
            if (run != null && !(run.awaitEnd(LEAVING) && ended)) {
                LOG.warn("a search was ended, but a device or a name server still holds it up");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
