package io.visionops.ingest.internal.incident;

import io.visionops.api.camera.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the one cause of many losses: at least two and more than half of the cameras that share a
 * host, a network or this computer, lost within {@link FailureDomainFinder#WINDOW}. The narrowest
 * that explains all of them is it. Pure and deterministic: time is told, monotonic. Not
 * thread-safe.
 */
final class IncidentCorrelator {

    /** Decoders notice a dead network within a few seconds of one another. */
    static final Duration SETTLED = Duration.ofSeconds(4);

    /** One camera that stays away does not keep an incident open for ever. */
    static final Duration MOSTLY_BACK = Duration.ofSeconds(30);

    /** In which the cameras of a predecessor come again. */
    static final Duration RETURN = Duration.ofSeconds(10);

    private final CameraLosses losses = new CameraLosses();
    private final FailureDomainFinder domains = new FailureDomainFinder(losses);
    private final List<OpenIncident> open = new ArrayList<>();

    /** Cameras of a predecessor that are not configured yet: they come one after the other. */
    private final Set<String> awaited = new TreeSet<>();

    private long awaitedUntil;

    /** While losses are our own doing. */
    private final StandstillAftermath aftermath = new StandstillAftermath();

    /**
     * What a successor must know, so that an incident goes on and ends once. Times are monotonic.
     *
     * @param losses that are not over, or not judged yet
     * @param faults that go on, oldest first
     * @param suspicion a standstill that has not been told
     * @param ownUntil losses until then are the doing of the suspicion, or of the last standstill
     */
    record Left(
            List<CameraLoss.Left> losses,
            List<OpenIncident.Left> faults,
            Optional<OpenIncident.Left> suspicion,
            OptionalLong ownUntil) {

        Left {
            losses = List.copyOf(losses);
            faults = List.copyOf(faults);
        }
    }

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
        List<CameraLoss.Left> lost =
                losses.all().stream().map(loss -> loss.left(place(loss.incident()))).toList();
        return new Left(
                lost,
                open.stream().map(OpenIncident::left).toList(),
                aftermath
                        .standstill()
                        .filter(fault -> !open.contains(fault))
                        .map(OpenIncident::left),
                aftermath.until());
    }

    private OptionalInt place(@Nullable OpenIncident fault) {
        int place = fault == null ? -1 : open.indexOf(fault);
        return place < 0 ? OptionalInt.empty() : OptionalInt.of(place);
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
        for (CameraLoss.Left loss : left.losses()) {
            OptionalInt place = loss.fault();
            OpenIncident fault = place.isPresent() ? open.get(place.getAsInt()) : null;
            losses.add(new CameraLoss(loss, shift, fault));
            awaited.add(loss.camera());
        }
        if (left.ownUntil().isPresent()) {
            long until = left.ownUntil().getAsLong() + shift;
            left.suspicion()
                    .map(fault -> new OpenIncident(fault, shift))
                    .or(this::lastStandstill)
                    .ifPresent(fault -> aftermath.resume(fault, until));
        }
        awaited.removeAll(losses.cameras().keySet());
        awaitedUntil = now + RETURN.toNanos();
    }

    private Optional<OpenIncident> lastStandstill() {
        return open.stream()
                .filter(fault -> fault.scope().kind() == FailureDomain.Kind.OWN)
                .reduce((earlier, later) -> later);
    }

    /** The enabled cameras of the network. */
    void use(Map<String, NetworkLocation> now) {
        losses.use(now);
        awaited.removeAll(now.keySet());
        forgetOthers();
    }

    private void forgetOthers() {
        Predicate<String> gone =
                camera -> !losses.cameras().containsKey(camera) && !awaited.contains(camera);
        losses.forget(gone);
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
        losses.lost(camera, cause, own, now);
    }

    /** A camera gives frames. */
    void back(String camera) {
        losses.back(camera);
    }

    /**
     * This computer did nothing for a while, up to now.
     *
     * @param seen by the monotonic clock; otherwise the wall clock alone went ahead, as it does
     *     after a sleep, and losses must follow for it to be told
     */
    void stoodStill(Duration length, boolean seen, long now) {
        aftermath.begin(length, seen, now);
    }

    /** Whether a loss of this camera is, or seems to be, one of many. */
    boolean isShared(String camera) {
        if (aftermath.standstill().isPresent()) {
            return true;
        }
        return losses.of(camera)
                .filter(loss -> loss.isJudged() ? loss.incident() != null : domains.isShared(loss))
                .isPresent();
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
        aftermath.standstill().ifPresent(standstill -> blame(standstill, news));
        aftermath.pass(now);
        join();
        List<CameraLoss> fresh = losses.fresh();
        // What a camera shares is not known before it is configured.
        if (awaited.isEmpty() && isSettled(fresh, now)) {
            decide(fresh, news);
        }
        for (CameraLoss loss : losses.fresh()) {
            if (now - loss.since() > FailureDomainFinder.WINDOW.plus(SETTLED).toNanos()) {
                losses.standAlone(loss);
            }
        }
        close(now, news);
        return news;
    }

    private void blame(OpenIncident standstill, List<News> news) {
        losses.fresh().forEach(loss -> losses.join(loss, standstill));
        if (!open.contains(standstill) && standstill.isCertain()) {
            open.add(standstill);
            news.add(new News(News.Kind.OPENED, standstill));
        }
    }

    /** One more behind what is known to be broken. */
    private void join() {
        for (CameraLoss loss : losses.fresh()) {
            open.stream()
                    .filter(fault -> fault.scope().kind() != FailureDomain.Kind.OWN)
                    .filter(fault -> losses.location(loss).isIn(fault.scope()))
                    .findFirst()
                    .ifPresent(fault -> losses.join(loss, fault));
        }
    }

    private boolean isSettled(List<CameraLoss> fresh, long now) {
        if (fresh.isEmpty()) {
            return false;
        }
        long first = fresh.get(0).since();
        long last = fresh.get(fresh.size() - 1).since();
        return now - last >= SETTLED.toNanos()
                || now - first >= FailureDomainFinder.WINDOW.toNanos()
                || losses.isEveryCamera();
    }

    private void decide(List<CameraLoss> fresh, List<News> news) {
        List<OpenIncident> recent = recent(fresh.get(0).since());
        List<CameraLoss> pool = new ArrayList<>(fresh);
        losses.all().stream()
                .filter(loss -> loss.incident() != null && recent.contains(loss.incident()))
                .forEach(pool::add);
        Optional<FailureDomain> all = domains.ofAll(pool);
        if (all.isPresent()) {
            explain(recent, all.get(), pool, news);
            return;
        }
        List<CameraLoss> left = new ArrayList<>(fresh);
        for (FailureDomain domain : domains.candidates(fresh)) {
            List<CameraLoss> part = domains.in(domain, left);
            if (domains.explains(domain, part)) {
                explain(List.of(), domain, part, news);
                left.removeAll(part);
            }
        }
    }

    /** Incidents of the network that what was just lost may belong to. */
    private List<OpenIncident> recent(long loss) {
        return open.stream()
                .filter(fault -> fault.scope().kind() != FailureDomain.Kind.OWN)
                .filter(fault -> loss - fault.lastLoss() <= FailureDomainFinder.WINDOW.toNanos())
                .toList();
    }

    private void explain(
            List<OpenIncident> before,
            FailureDomain domain,
            List<CameraLoss> lost,
            List<News> news) {
        int size = domains.size(domain, lost);
        OpenIncident fault =
                before.isEmpty() ? new OpenIncident(domain, lost.get(0).since()) : before.get(0);
        open.removeAll(before);
        open.add(fault);
        before.stream().skip(1).forEach(part -> news.add(new News(News.Kind.ABSORBED, part)));
        fault.explain(domain, size, FailureDomainFinder.common(lost));
        lost.forEach(loss -> losses.join(loss, fault));
        news.add(new News(before.isEmpty() ? News.Kind.OPENED : News.Kind.WIDENED, fault));
    }

    private void close(long now, List<News> news) {
        OpenIncident own = aftermath.standstill().orElse(null);
        for (OpenIncident fault : List.copyOf(open)) {
            List<CameraLoss> lost = losses.of(fault);
            List<String> names = lost.stream().map(CameraLoss::camera).toList();
            if (fault != own && fault.isOver(names, now, MOSTLY_BACK)) {
                open.remove(fault);
                lost.forEach(CameraLoss::standAlone);
                news.add(new News(News.Kind.CLOSED, fault));
            }
        }
    }
}
