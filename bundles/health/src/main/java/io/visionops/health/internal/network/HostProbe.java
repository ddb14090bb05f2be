package io.visionops.health.internal.network;

import io.visionops.support.breaker.Breaker;
import io.visionops.support.breaker.BreakerStatus;
import io.visionops.support.thread.TimedCalls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Tries whether one host can be reached: its name first, then a connection. For one thread. */
final class HostProbe implements AutoCloseable {

    static final Duration RESOLVE = Duration.ofSeconds(5);
    static final Duration CONNECT = Duration.ofSeconds(3);

    /** Of one name; often one of each kind, of which the first does not work. */
    private static final int ADDRESSES = 2;

    private final OutsideHost host;
    private final Network network;
    private final Breaker breaker;

    /** A name server that does not answer holds one thread at most. */
    private final TimedCalls names;

    private Optional<String> trouble = Optional.empty();
    private boolean tried;

    /**
     * How a host was found.
     *
     * @param tried false before the first time
     * @param trouble of the last time; empty when it was reached
     */
    record Found(
            OutsideHost host, boolean tried, Optional<String> trouble, BreakerStatus breaker) {}

    private record Names(List<InetAddress> found, String trouble) {}

    HostProbe(OutsideHost host, Network network, Breaker breaker, Duration resolve) {
        this.host = host;
        this.network = network;
        this.breaker = breaker;
        this.names = new TimedCalls("name resolution", "visionops-health-names", resolve);
    }

    /** One try, unless it failed too often before. */
    Found look() {
        if (breaker.tryAcquire()) {
            trouble = attempt();
            tried = true;
            trouble.ifPresentOrElse(
                    words -> breaker.failed(new IOException(words)), breaker::succeeded);
        }
        return found();
    }

    Breaker breaker() {
        return breaker;
    }

    /** As it was found last. */
    Found found() {
        return new Found(host, tried, trouble, breaker.status());
    }

    private Optional<String> attempt() {
        Names names = this.names.run(this::resolve, why -> new Names(List.of(), why));
        if (names.found().isEmpty()) {
            return Optional.of("its name cannot be resolved: " + names.trouble());
        }
        String last = "";
        for (InetAddress address : names.found().stream().limit(ADDRESSES).toList()) {
            try {
                network.connect(new InetSocketAddress(address, host.port()), CONNECT);
                return Optional.empty();
            } catch (IOException e) {
                last = e.getMessage() == null ? e.toString() : e.getMessage();
            }
        }
        return Optional.of("no connection: " + last);
    }

    private Names resolve() {
        try {
            return new Names(network.resolve(host.name()), "no address");
        } catch (UnknownHostException e) {
            return new Names(List.of(), "no name server knows it");
        } catch (IOException e) {
            return new Names(List.of(), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        names.close();
    }
}
