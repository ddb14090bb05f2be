package io.visionops.ingest.internal.incident;

import io.visionops.api.camera.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the one cause of many losses: at least two and more than half of the cameras that share a
 * host, a network or this computer, lost within {@link #WINDOW}. The narrowest that explains all of
 * them is it. Pure and deterministic: time is told, monotonic. Not thread-safe.
 */
final class IncidentCorrelator {

    static final Duration WINDOW = Duration.ofSeconds(10);

    /** Decoders notice a dead network within a few seconds of one another. */
    static final Duration SETTLED = Duration.ofSeconds(4);

    /** For so long after this computer stood still, a loss is its doing. */
    static final Duration AFTERMATH = Duration.ofSeconds(15);

    /** One camera that stays away does not keep an incident open for ever. */
    static final Duration MOSTLY_BACK = Duration.ofSeconds(30);

    /** In which the cameras of a predecessor come again. */
    static final Duration RETURN = Duration.ofSeconds(10);

    private static final NetworkLocation NOWHERE = new NetworkLocation("", false, Optional.empty());

    private Map<String, NetworkLocation> cameras = Map.of();

    /** By camera, so that the same story always ends alike. */
    private final Map<String, Down> downs = new TreeMap<>();

    private final List<OpenIncident> open = new ArrayList<>();

    /** Cameras of a predecessor that are not configured yet: they come one after the other. */
    private final Set<String> awaited = new TreeSet<>();

    private long awaitedUntil;

    /** While losses are our own doing. */
    private @Nullable OpenIncident own;

    private long ownUntil;

    /** A camera that is lost, or was just now. */
    private static final class Down {
        final String camera;
        long since;
        Cause cause;
        boolean back;
        @Nullable OpenIncident fault;

        /** Lost for a reason of its own, as its cause says or as was found. */
        boolean alone;

        Down(String camera, long since, Cause cause) {
            this.camera = camera;
            this.since = since;
            this.cause = cause;
        }
    }

    /**
     * What a successor must know, so that an incident goes on and ends once. Times are monotonic.
     *
     * @param losses that are not over, or not judged yet
     * @param faults that go on, oldest first
     * @param suspicion a standstill that has not been told
     * @param ownUntil losses until then are the doing of the suspicion, or of the last standstill
     */
    record Left(
            List<Loss> losses,
            List<OpenIncident.Left> faults,
            Optional<OpenIncident.Left> suspicion,
            OptionalLong ownUntil) {

        Left {
            losses = List.copyOf(losses);
            faults = List.copyOf(faults);
        }
    }

    /**
     * One camera that is lost.
     *
     * @param fault place in the list of faults
     */
    record Loss(
            String camera,
            long since,
            Cause cause,
            boolean back,
            boolean alone,
            OptionalInt fault) {}

    /** Something to tell. */
    record News(Kind kind, OpenIncident fault) {

        enum Kind {
            OPENED,
            /** More cameras, another cause. */
            WIDENED,
            /** It is part of a wider one, which goes on. */
            ABSORBED,
            CLOSED
        }
    }

    Left left() {
        List<Loss> losses = new ArrayList<>();
        for (Down down : downs.values()) {
            int fault = down.fault == null ? -1 : open.indexOf(down.fault);
            losses.add(
                    new Loss(
                            down.camera,
                            down.since,
                            down.cause,
                            down.back,
                            down.alone,
                            fault < 0 ? OptionalInt.empty() : OptionalInt.of(fault)));
        }
        Optional<OpenIncident> doing = Optional.ofNullable(own);
        return new Left(
                losses,
                open.stream().map(OpenIncident::left).toList(),
                doing.filter(fault -> !open.contains(fault)).map(OpenIncident::left),
                doing.isPresent() ? OptionalLong.of(ownUntil) : OptionalLong.empty());
    }

    /**
     * At the start: goes on where another one has stopped; what it knew of a camera holds.
     *
     * @param shift from its monotonic times to those of now
     */
    void resume(Left left, long shift, long now) {
        for (OpenIncident.Left fault : left.faults()) {
            open.add(new OpenIncident(fault, shift));
            awaited.addAll(fault.members());
        }
        for (Loss loss : left.losses()) {
            Down down = new Down(loss.camera(), loss.since() + shift, loss.cause());
            down.back = loss.back();
            down.alone = loss.alone();
            loss.fault().ifPresent(place -> down.fault = open.get(place));
            downs.put(loss.camera(), down);
            awaited.add(loss.camera());
        }
        if (left.ownUntil().isPresent()) {
            own =
                    left.suspicion()
                            .map(fault -> new OpenIncident(fault, shift))
                            .or(this::lastStandstill)
                            .orElse(null);
            ownUntil = left.ownUntil().getAsLong() + shift;
        }
        awaited.removeAll(cameras.keySet());
        awaitedUntil = now + RETURN.toNanos();
    }

    private Optional<OpenIncident> lastStandstill() {
        return open.stream()
                .filter(fault -> fault.scope().kind() == FailureDomain.Kind.OWN)
                .reduce((earlier, later) -> later);
    }

    /** The enabled cameras of the network. */
    void use(Map<String, NetworkLocation> now) {
        cameras = Map.copyOf(now);
        awaited.removeAll(cameras.keySet());
        forgetOthers();
    }

    private void forgetOthers() {
        Predicate<String> gone =
                camera -> !cameras.containsKey(camera) && !awaited.contains(camera);
        downs.keySet().removeIf(gone);
        for (OpenIncident fault : open) {
            fault.members().stream().filter(gone).forEach(fault::forget);
        }
    }

    /**
     * A camera is lost, or another try has failed.
     *
     * @param own for a reason of its own, which explains the loss of no other and is explained by
     *     none; a member of an incident stays one
     */
    void lost(String camera, Cause cause, boolean own, long now) {
        if (!cameras.containsKey(camera)) {
            return;
        }
        Down down = downs.computeIfAbsent(camera, name -> new Down(name, now, cause));
        down.cause = cause;
        down.alone |= own && down.fault == null;
        if (down.back) {
            down.back = false;
            down.since = now;
        }
    }

    /** A camera gives frames. */
    void back(String camera) {
        Down down = downs.get(camera);
        if (down == null) {
            return;
        }
        if (down.fault == null && !down.alone) {
            // Not judged yet: all may have been lost for a moment.
            down.back = true;
        } else {
            downs.remove(camera);
        }
    }

    /**
     * This computer did nothing for a while, up to now.
     *
     * @param seen by the monotonic clock; otherwise the wall clock alone went ahead, as it does
     *     after a sleep, and losses must follow for it to be told
     */
    void stoodStill(Duration length, boolean seen, long now) {
        ownUntil = now + AFTERMATH.toNanos();
        if (own == null) {
            own = new OpenIncident(FailureDomain.OWN, now - length.toNanos());
        }
        own.stoodStill(length, seen);
    }

    /** Whether a loss of this camera is, or seems to be, one of many. */
    boolean isShared(String camera) {
        Down down = downs.get(camera);
        if (own != null || (down != null && down.fault != null)) {
            return true;
        }
        return down != null
                && !down.alone
                && scopes(List.of(down)).stream()
                        .anyMatch(scope -> isMost(scope, in(scope, fresh())));
    }

    /** What goes on, oldest first. */
    List<OpenIncident> open() {
        return List.copyOf(open);
    }

    /** Draws conclusions; to be called twice a second or so. */
    List<News> look(long now) {
        List<News> news = new ArrayList<>();
        if (!awaited.isEmpty() && now - awaitedUntil >= 0) {
            awaited.clear();
            forgetOthers();
        }
        blameOurselves(now, news);
        join();
        List<Down> fresh = fresh();
        // What a camera shares is not known before it is configured.
        if (awaited.isEmpty() && isSettled(fresh, now)) {
            decide(fresh, news);
        }
        for (Down down : fresh()) {
            if (now - down.since > WINDOW.plus(SETTLED).toNanos()) {
                down.alone = true;
                if (down.back) {
                    downs.remove(down.camera);
                }
            }
        }
        close(now, news);
        return news;
    }

    private void blameOurselves(long now, List<News> news) {
        OpenIncident fault = own;
        if (fault == null) {
            return;
        }
        fresh().forEach(down -> assign(down, fault));
        if (!open.contains(fault) && fault.isCertain()) {
            open.add(fault);
            news.add(new News(News.Kind.OPENED, fault));
        }
        if (now - ownUntil >= 0) {
            own = null;
        }
    }

    private void assign(Down down, OpenIncident fault) {
        fault.join(down.camera, down.since);
        down.fault = fault;
        if (down.back) {
            downs.remove(down.camera);
        }
    }

    /** One more behind what is known to be broken. */
    private void join() {
        for (Down down : fresh()) {
            open.stream()
                    .filter(fault -> fault.scope().kind() != FailureDomain.Kind.OWN)
                    .filter(fault -> site(down).isIn(fault.scope()))
                    .findFirst()
                    .ifPresent(fault -> assign(down, fault));
        }
    }

    private NetworkLocation site(Down down) {
        return cameras.getOrDefault(down.camera, NOWHERE);
    }

    /** Those that are not judged yet, in the order in which they were lost. */
    private List<Down> fresh() {
        return downs.values().stream()
                .filter(down -> down.fault == null && !down.alone)
                .sorted(Comparator.comparingLong(down -> down.since))
                .toList();
    }

    private boolean isSettled(List<Down> fresh, long now) {
        if (fresh.isEmpty()) {
            return false;
        }
        long first = fresh.get(0).since;
        long last = fresh.get(fresh.size() - 1).since;
        return now - last >= SETTLED.toNanos()
                || now - first >= WINDOW.toNanos()
                || downs.size() == cameras.size();
    }

    private void decide(List<Down> fresh, List<News> news) {
        List<OpenIncident> recent = recent(fresh.get(0).since);
        List<Down> pool = new ArrayList<>(fresh);
        downs.values().stream()
                .filter(down -> down.fault != null && recent.contains(down.fault))
                .forEach(pool::add);
        Optional<FailureDomain> all =
                scopes(pool).stream()
                        .filter(scope -> in(scope, pool).size() == pool.size())
                        .filter(scope -> isMost(scope, pool))
                        .findFirst();
        if (all.isPresent()) {
            explain(recent, all.get(), pool, news);
            return;
        }
        List<Down> left = new ArrayList<>(fresh);
        for (FailureDomain scope : scopes(fresh)) {
            List<Down> part = in(scope, left);
            if (isMost(scope, part)) {
                explain(List.of(), scope, part, news);
                left.removeAll(part);
            }
        }
    }

    /** Incidents of the network that what was just lost may belong to. */
    private List<OpenIncident> recent(long loss) {
        return open.stream()
                .filter(fault -> fault.scope().kind() != FailureDomain.Kind.OWN)
                .filter(fault -> loss - fault.lastLoss() <= WINDOW.toNanos())
                .toList();
    }

    private void explain(
            List<OpenIncident> before, FailureDomain scope, List<Down> lost, List<News> news) {
        int size = size(scope, lost);
        OpenIncident fault =
                before.isEmpty() ? new OpenIncident(scope, lost.get(0).since) : before.get(0);
        open.removeAll(before);
        open.add(fault);
        before.stream().skip(1).forEach(part -> news.add(new News(News.Kind.ABSORBED, part)));
        fault.explain(scope, size, common(lost));
        lost.forEach(down -> assign(down, fault));
        news.add(new News(before.isEmpty() ? News.Kind.OPENED : News.Kind.WIDENED, fault));
    }

    private static Optional<Cause> common(List<Down> lost) {
        Set<Cause> causes = lost.stream().map(down -> down.cause).collect(Collectors.toSet());
        return causes.size() == 1 ? causes.stream().findFirst() : Optional.empty();
    }

    /** What the lost cameras may have in common, from narrow to wide. */
    private List<FailureDomain> scopes(List<Down> lost) {
        Set<FailureDomain> scopes = new LinkedHashSet<>();
        if (common(lost).equals(Optional.of(Cause.NAME_RESOLUTION))) {
            scopes.add(FailureDomain.NAMES);
        }
        lost.forEach(down -> scopes.add(FailureDomain.host(site(down).host())));
        lost.forEach(down -> site(down).subnet().map(FailureDomain::subnet).ifPresent(scopes::add));
        scopes.add(FailureDomain.ALL);
        return List.copyOf(scopes);
    }

    private List<Down> in(FailureDomain scope, List<Down> lost) {
        return lost.stream().filter(down -> site(down).isIn(scope)).toList();
    }

    private boolean isMost(FailureDomain scope, List<Down> lost) {
        long first = lost.stream().mapToLong(down -> down.since).min().orElse(0);
        long last = lost.stream().mapToLong(down -> down.since).max().orElse(0);
        return lost.size() >= 2
                && last - first <= WINDOW.toNanos()
                && lost.size() * 2 > size(scope, lost);
    }

    /** Cameras of the scope that were well before these were lost. */
    private int size(FailureDomain scope, List<Down> lost) {
        Predicate<String> lostBefore =
                camera -> {
                    Down down = downs.get(camera);
                    return down != null
                            && !lost.contains(down)
                            && (down.alone || down.fault != null);
                };
        return (int)
                cameras.entrySet().stream()
                        .filter(camera -> camera.getValue().isIn(scope))
                        .filter(camera -> !lostBefore.test(camera.getKey()))
                        .count();
    }

    private void close(long now, List<News> news) {
        for (OpenIncident fault : List.copyOf(open)) {
            List<Down> lost = downs.values().stream().filter(down -> down.fault == fault).toList();
            List<String> names = lost.stream().map(down -> down.camera).toList();
            if (fault != own && fault.isOver(names, now, MOSTLY_BACK)) {
                open.remove(fault);
                for (Down down : lost) {
                    down.fault = null;
                    down.alone = true;
                }
                news.add(new News(News.Kind.CLOSED, fault));
            }
        }
    }
}
