package io.visionops.discovery.internal;

import io.visionops.api.discovery.Device;
import io.visionops.api.discovery.DiscoveryException;
import io.visionops.api.discovery.Search;
import io.visionops.support.network.Deadline;
import io.visionops.support.thread.DaemonThreads;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One search. Devices are asked side by side while others are still being found. */
final class DiscoveryRun implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DiscoveryRun.class);

    private static final int THREADS = 16;
    private static final int DEVICES = 256;

    /** For the answer to be put together. */
    private static final Duration RESERVE = Duration.ofMillis(200);

    private final Prober prober;
    private final Search search;
    private final Deadline deadline;
    private final Cancellation cancellation = new Cancellation();
    private final DeviceInquiry inquiry;
    private final ExecutorService threads =
            DaemonThreads.pool(
                    "visionops-discovery-device", THREADS, DEVICES, Duration.ofSeconds(1));

    DiscoveryRun(
            Prober prober,
            List<Integer> ports,
            Clock clock,
            RandomGenerator random,
            Search search,
            Deadline deadline) {
        this.prober = prober;
        this.search = search;
        this.deadline = deadline;
        this.inquiry =
                new DeviceInquiry(prober, ports, clock, random, search, deadline, cancellation);
    }

    /** A device that is being asked; {@code unanswered} is for when it does not answer in time. */
    private record Pending(Future<Device> answer, Device unanswered) {}

    /** All that hear a probe. */
    List<Device> everyone() throws DiscoveryException {
        // By identity: a device may be heard on several networks, and it answers each probe.
        Map<String, Pending> found = new LinkedHashMap<>();
        // Two of five seconds are for those that answer last.
        Deadline listening = deadline.atMost(search.limit().multipliedBy(3).dividedBy(5));
        try {
            int networks =
                    prober.everyone(
                            listening,
                            cancellation,
                            one -> {
                                if (found.size() < DEVICES && !found.containsKey(one.endpoint())) {
                                    found.put(one.endpoint(), pending(one));
                                }
                            });
            if (networks == 0) {
                throw new DiscoveryException(
                        "this computer has no network that carries multicast: name the hosts of the"
                                + " cameras");
            }
        } catch (IOException e) {
            throw new DiscoveryException("the networks cannot be searched: " + e.getMessage(), e);
        }
        return answers(List.copyOf(found.values()));
    }

    private Pending pending(Announcement one) {
        String host = Announcement.host(one.from());
        return pending(() -> inquiry.ask(one), host, DeviceInquiry.named(one));
    }

    /** Those that were named. */
    List<Device> hosts(List<HostQuestion> hosts) {
        List<Pending> asked = new ArrayList<>();
        for (HostQuestion host : hosts.stream().distinct().toList()) {
            asked.add(pending(() -> inquiry.ask(host), host.host(), ""));
        }
        return answers(asked);
    }

    private Pending pending(Callable<Device> question, String host, String name) {
        Device unanswered = DeviceInquiry.broken(host, name, "does not answer in time");
        try {
            Future<Device> answer = threads.submit(question);
            cancellation.onCancel(() -> answer.cancel(true));
            return new Pending(answer, unanswered);
        } catch (RejectedExecutionException e) {
            LOG.debug("no room to ask {}", host, e);
            Device unasked =
                    DeviceInquiry.broken(
                            host, name, "was not asked: name its host to ask it alone");
            return new Pending(CompletableFuture.completedFuture(unasked), unasked);
        }
    }

    private List<Device> answers(List<Pending> pending) {
        List<Device> devices = new ArrayList<>();
        for (Pending one : pending) {
            devices.add(answer(one));
        }
        devices.sort(Comparator.comparing(Device::host));
        return List.copyOf(devices);
    }

    private Device answer(Pending one) {
        try {
            return one.answer().get(deadline.millis() + RESERVE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | CancellationException e) {
            return one.unanswered();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return one.unanswered();
        } catch (ExecutionException e) {
            LOG.warn("asking {} failed", one.unanswered().host(), e.getCause());
            return DeviceInquiry.broken(
                    one.unanswered().host(), one.unanswered().name(), "" + e.getCause());
        }
    }

    /** Whether it was ended from outside: what was found until then is no answer. */
    boolean isCancelled() {
        return cancellation.isCancelled();
    }

    /** Ends it: who waits for a device or a network waits no longer. */
    @Override
    public void close() {
        cancellation.cancel();
        threads.shutdownNow();
    }

    /**
     * After it was closed.
     *
     * @return whether all devices have been left alone within that time
     */
    boolean awaitEnd(Duration limit) throws InterruptedException {
        return threads.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS);
    }
}
