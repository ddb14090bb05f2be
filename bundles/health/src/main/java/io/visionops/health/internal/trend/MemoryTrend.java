package io.visionops.health.internal.trend;

import io.visionops.api.child.ChildUsage;
import io.visionops.health.internal.machine.MemoryKind;
import io.visionops.health.internal.machine.MemorySample;
import io.visionops.health.internal.machine.MemorySample.Amount;
import io.visionops.health.internal.trend.TrendReport.Exhaustion;
import io.visionops.health.internal.trend.TrendReport.Growth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Memory over the last hours, by who has it. What starts fills its buffers first: that does not
 * count. Times are monotonic, since the program's start. Not thread-safe.
 */
final class MemoryTrend {

    /** After the start of the program or a child, or the swap of a part. */
    static final Duration WARM_UP = Duration.ofMinutes(30);

    static final History.Spans SPANS = new History.Spans(Duration.ofHours(1), Duration.ofHours(6));

    /** Until something that has just been started is judged. */
    static final Duration OBSERVATION = WARM_UP.plus(SPANS.shortest());

    private final Map<MemoryKind, History> own = new EnumMap<>(MemoryKind.class);
    private final Map<String, Child> children = new HashMap<>();

    /** Whose frames and analysis the Java process has memory for. */
    private final Set<String> cameras = new HashSet<>();

    private final History total = new History(SPANS);
    private Duration settled = WARM_UP;

    /** One that is started again under its name is another one. */
    private record Child(ProcessHandle process, Duration settled, History history) {}

    /** The Java process has changed what it has: what grows from now on is no growth yet. */
    void unsettle(Duration now) {
        settled = now.plus(WARM_UP);
        own.values().forEach(History::clear);
        total.clear();
    }

    /** Whether the Java process is judged at all. */
    Duration untilJudged(Duration now) {
        Duration left = settled.plus(SPANS.shortest()).minus(now);
        return left.isNegative() ? Duration.ZERO : left;
    }

    void add(MemorySample sample, Duration now) {
        boolean added = false;
        for (ChildUsage child : sample.children()) {
            added |= MemoryOwner.child(child.name()).camera().map(cameras::add).orElse(false);
        }
        if (added) {
            unsettle(now);
        }
        if (now.compareTo(settled) >= 0) {
            sample.own()
                    .forEach(
                            (kind, amount) -> {
                                History history =
                                        own.computeIfAbsent(kind, any -> new History(SPANS));
                                // The heap is measured when it is collected; zero before that.
                                if (kind == MemoryKind.HEAP) {
                                    if (amount.bytes() > 0) {
                                        history.addIfOther(now, amount.bytes());
                                    }
                                } else {
                                    history.add(now, amount.bytes());
                                }
                            });
            total.add(now, sample.total().bytes());
        }
        children.keySet().retainAll(sample.children().stream().map(ChildUsage::name).toList());
        sample.children().forEach(child -> add(child, now));
    }

    private void add(ChildUsage usage, Duration now) {
        Child child =
                children.compute(
                        usage.name(),
                        (name, known) ->
                                known != null && known.process().equals(usage.process())
                                        ? known
                                        : new Child(
                                                usage.process(),
                                                now.plus(WARM_UP),
                                                new History(SPANS)));
        if (now.compareTo(child.settled()) >= 0 && usage.memory() > 0) {
            child.history().add(now, usage.memory());
        }
    }

    /** Whose growth is known, the largest first. */
    List<Growth> growths(Duration now) {
        List<Growth> growths = new ArrayList<>();
        own.forEach(
                (kind, history) ->
                        history.growth(now)
                                .ifPresent(
                                        slope ->
                                                growths.add(
                                                        new Growth(MemoryOwner.own(kind), slope))));
        children.forEach(
                (name, child) ->
                        child.history()
                                .growth(now)
                                .ifPresent(
                                        slope ->
                                                growths.add(
                                                        new Growth(
                                                                MemoryOwner.child(name), slope))));
        growths.sort((a, b) -> Double.compare(b.bytesAnHour(), a.bytesAnHour()));
        return growths;
    }

    /** What reaches its limit, and when. */
    List<Exhaustion> exhaustions(MemorySample sample, Duration now) {
        List<Exhaustion> found = new ArrayList<>();
        exhaustion(
                        "memory",
                        "the memory of the program and its children",
                        total.growth(now),
                        sample.total())
                .ifPresent(found::add);
        own.forEach(
                (kind, history) ->
                        Optional.ofNullable(sample.own().get(kind))
                                .flatMap(
                                        amount ->
                                                exhaustion(
                                                        kind.word(),
                                                        MemoryOwner.own(kind).words(),
                                                        history.growth(now),
                                                        amount))
                                .ifPresent(found::add));
        return found;
    }

    private static Optional<Exhaustion> exhaustion(
            String of, String words, OptionalDouble growth, Amount amount) {
        return amount.limit() <= 0
                ? Optional.empty()
                : Exhaustion.of(of, words, growth, Math.max(0, amount.limit() - amount.bytes()));
    }
}
