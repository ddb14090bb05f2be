package io.visionops.ingest.internal.incident;

import io.visionops.api.camera.Fault;
import io.visionops.api.camera.Incident;
import io.visionops.api.time.Ticker;
import io.visionops.ingest.internal.camera.PeriodicCheck;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.connect.ConnectLimiter;
import io.visionops.ingest.internal.connect.StartRateLimiter;
import io.visionops.ingest.internal.coverage.CameraJournal;
import io.visionops.ingest.internal.incident.IncidentCorrelator.News;
import io.visionops.ingest.internal.incident.SuspendDetector.Gap;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the losses of all cameras for those that have one cause, makes that known, and spreads
 * the tries of such cameras: a recorder that comes back, or this computer after a standstill, is
 * not met by all of them at once. Thread-safe.
 */
public final class IncidentMonitor implements ConnectLimiter, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IncidentMonitor.class);

    private static final int TRIES_PER_SECOND = 2;

    private final Clock clock;
    private final Ticker ticker;
    private final CameraJournal chronicle;
    private final ConnectLimiter others;

    /** Cameras of an incident, that answer again and that do not: nobody waits for the absent. */
    private final ConnectLimiter returning;

    private final ConnectLimiter absent;
    private final DnsCache hosts;

    // All below is guarded by "this".
    private final SuspendDetector standstill;
    private final IncidentCorrelator incidents = new IncidentCorrelator();
    private final Map<OpenIncident, Instant> opened = new IdentityHashMap<>();
    private final Set<String> answering = new HashSet<>();
    private Map<String, Address> cameras = Map.of();

    /**
     * @param others what the tries of cameras are held back by that share nothing
     */
    public IncidentMonitor(
            Clock clock, Ticker ticker, CameraJournal chronicle, ConnectLimiter others) {
        this.clock = clock;
        this.ticker = ticker;
        this.chronicle = chronicle;
        this.others = others;
        this.returning = new StartRateLimiter(ticker, TRIES_PER_SECOND, 1);
        this.absent = new StartRateLimiter(ticker, TRIES_PER_SECOND, 1);
        this.hosts = new DnsCache(this::locate);
        this.standstill = new SuspendDetector(clock, ticker, PeriodicCheck.EVERY);
    }

    /**
     * What a successor must know, so that an incident that goes on is told once.
     *
     * @param at wall clock
     * @param nanos the same, monotonic
     * @param opened when each of the faults began, wall clock
     */
    public record Left(
            Instant at, long nanos, IncidentCorrelator.Left incidents, List<Instant> opened) {

        public Left {
            opened = List.copyOf(opened);
            if (opened.size() != incidents.faults().size()) {
                throw new IllegalArgumentException("as many times as faults");
            }
        }
    }

    /** Empty when all is well. */
    public synchronized Optional<Left> left() {
        IncidentCorrelator.Left left = incidents.left();
        if (left.losses().isEmpty() && left.faults().isEmpty()) {
            return Optional.empty();
        }
        List<Instant> times = incidents.open().stream().map(this::opened).toList();
        return Optional.of(new Left(clock.instant(), ticker.nanos(), left, times));
    }

    /** At the start: goes on where another one has stopped, be it in an earlier run. */
    public synchronized void resume(Left left) {
        long absent = Math.max(0, Duration.between(left.at(), clock.instant()).toNanos());
        long now = ticker.nanos();
        incidents.resume(left.incidents(), now - left.nanos() - absent, now);
        List<OpenIncident> faults = incidents.open();
        for (int i = 0; i < faults.size(); i++) {
            opened.put(faults.get(i), left.opened().get(i));
        }
    }

    /** Guarded by "this". */
    private Instant opened(OpenIncident fault) {
        return opened.computeIfAbsent(fault, unused -> wall(fault.began()));
    }

    @Override
    public void use(Map<String, Address> enabled) {
        Map<String, Address> onNetwork = new TreeMap<>(enabled);
        onNetwork.values().removeIf(address -> !address.scheme().isNetwork());
        synchronized (this) {
            cameras = onNetwork;
            answering.retainAll(cameras.keySet());
        }
        locate();
    }

    private synchronized void locate() {
        Map<String, NetworkLocation> sites = new HashMap<>();
        cameras.forEach(
                (camera, address) ->
                        sites.put(
                                camera,
                                NetworkLocation.of(address.host(), hosts.find(address.host()))));
        incidents.use(sites);
    }

    @Override
    public Duration hold(String camera, Address address) {
        return queue(camera).hold(camera, address);
    }

    private synchronized ConnectLimiter queue(String camera) {
        if (!incidents.isShared(camera)) {
            return others;
        }
        return answering.contains(camera) ? returning : absent;
    }

    @Override
    public synchronized void answered(String camera) {
        answering.add(camera);
    }

    @Override
    public void lost(String camera, Address address, Fault fault, boolean own) {
        synchronized (this) {
            answering.remove(camera);
            incidents.lost(camera, fault.cause(), own, ticker.nanos());
        }
        others.lost(camera, address, fault, own);
    }

    @Override
    public void well(String camera) {
        synchronized (this) {
            answering.remove(camera);
            incidents.back(camera);
        }
        others.well(camera);
    }

    @Override
    public synchronized boolean look() {
        Optional<Gap> gap = standstill.tick();
        gap.ifPresent(one -> incidents.stoodStill(one.length(), one.seen(), ticker.nanos()));
        incidents.look(ticker.nanos()).forEach(this::tell);
        return gap.isPresent();
    }

    /** Guarded by "this". */
    private void tell(News news) {
        Instant now = clock.instant();
        OpenIncident fault = news.fault();
        Instant since = opened(fault);
        String words = fault.words() + members(fault);
        switch (news.kind()) {
            case OPENED -> LOG.warn("incident: {}", words);
            case WIDENED -> LOG.warn("incident is wider: {}", words);
            default -> {
                opened.remove(fault);
                LOG.info("incident is over: {}", words);
            }
        }
        chronicle.incident(
                now,
                switch (news.kind()) {
                            case OPENED -> "opened: ";
                            case WIDENED -> "wider than thought: ";
                            case ABSORBED -> "part of a wider one: ";
                            case CLOSED ->
                                    "closed after "
                                            + Duration.between(since, now).toSeconds()
                                            + " s: ";
                        }
                        + words);
    }

    /** What the clock shows now, less what has passed since. */
    private Instant wall(long nanos) {
        return clock.instant().minusNanos(ticker.nanos() - nanos);
    }

    private static String members(OpenIncident fault) {
        return fault.members().isEmpty() ? "" : " (" + String.join(", ", fault.members()) + ")";
    }

    @Override
    public synchronized List<Incident> incidents() {
        return incidents.open().stream()
                .map(
                        fault ->
                                new Incident(
                                        opened.getOrDefault(fault, clock.instant()),
                                        fault.members(),
                                        fault.words()))
                .toList();
    }

    @Override
    public void close() {
        hosts.close();
    }
}
