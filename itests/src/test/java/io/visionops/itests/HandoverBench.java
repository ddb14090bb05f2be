package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.testkit.scene.Scenes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Eight cameras stream, and each part is swapped fifty times: what that costs, and that nothing is
 * lost by it. Rows go to {@code target/bench.md}.
 */
@Tag("bench")
@Isolated
class HandoverBench {

    private static final int SWAPS = Integer.getInteger("visionops.handover.swaps", 50);
    private static final List<String> PARTS = List.of("ingest", "inference", "store");
    private static final List<String> CAMERAS =
            IntStream.range(0, Integer.getInteger("visionops.handover.cameras", 8))
                    .mapToObj(i -> "c" + i)
                    .toList();
    private static final Duration CLIP = Duration.ofMinutes(40);
    private static final long BAR_MILLIS = 1000;

    /** From one command to the next, so that each swap is judged alone. */
    private static final long EVERY_MILLIS = 3500;

    /** By how much memory may grow after the first reading. */
    private static final double FLAT = 1.05;

    /** Swaps of each part from one reading of memory to the next. */
    private static final int READ = 10;

    /**
     * What is left of the parts in the memory of the JVM.
     *
     * @param resident bytes
     * @param heapSize bytes of it that the collector keeps for the heap, used or not
     */
    private record Memory(Histogram heap, long resident, long heapSize) {

        long loaders() {
            return heap.of("org.apache.felix.framework.BundleWiringImpl$BundleClassLoader")
                    .instances();
        }

        Histogram.Sum own() {
            return heap.of("io.visionops.");
        }

        Histogram.Sum all() {
            return heap.of("");
        }
    }

    @Test
    void eightCamerasAndFiftySwapsOfEachPart() throws Exception {
        Path clip = Clips.of(Scenes.procession(), CLIP);
        List<Swap> swaps = new ArrayList<>();
        try (RtspServer server = RtspServer.serving(clip);
                Instance instance = Instance.fresh("bench-handover")) {
            instance.start().expect(0);
            for (String camera : CAMERAS) {
                Cameras.addProcession(instance, camera, server.url());
            }
            Cameras.awaitCrossings(instance, CAMERAS);
            Instant begun = Instant.now();
            TimeUnit.SECONDS.sleep(60);
            Instant control = Instant.now();
            List<Long> decoders = instance.decoderPids();

            List<Memory> memories = new ArrayList<>();
            for (int number = 1; number <= SWAPS; number++) {
                swapAll(instance, number, swaps);
                if (number % READ == 0 && number < SWAPS) {
                    memories.add(memory(instance));
                }
            }
            TimeUnit.SECONDS.sleep(3L * Scenes.PROCESSION_INTERVAL);
            memories.add(memory(instance));
            int ended = decoders.size() - common(decoders, instance.decoderPids());

            instance.stop().expect(0);
            judge(instance, swaps, begun, control, memories, ended);
        }
    }

    private static void swapAll(Instance instance, int number, List<Swap> swaps) throws Exception {
        for (String part : PARTS) {
            Swap.Way way = Swap.Way.values()[number % Swap.Way.values().length];
            Swap swap = Swap.of(instance, part, way, number);
            swaps.add(swap);
            long left = EVERY_MILLIS - Duration.between(swap.begun(), Instant.now()).toMillis();
            TimeUnit.MILLISECONDS.sleep(Math.max(0, left));
        }
    }

    private static void judge(
            Instance instance,
            List<Swap> swaps,
            Instant begun,
            Instant control,
            List<Memory> memories,
            int ended)
            throws Exception {
        Memory early = memories.get(0);
        Memory late = memories.get(memories.size() - 1);
        List<ProcessionRecord> records = new ArrayList<>();
        ProcessionRecord.Tally sum = new ProcessionRecord.Tally(0, 0, 0, 0, 0);
        long renumbered = 0;
        long behind = 0;
        for (String camera : CAMERAS) {
            ProcessionRecord record = ProcessionRecord.of(instance, camera);
            records.add(record);
            System.out.println(camera + ": " + record.tally());
            sum = sum.plus(record.tally());
            renumbered += record.restarts();
            behind = Math.max(behind, record.behind());
        }
        long longest = 0;
        row("a minute without a swap", gaps(records, List.of(new Span(begun, control))));
        for (String part : PARTS) {
            for (Swap.Way way : Swap.Way.values()) {
                List<Span> spans =
                        swaps.stream()
                                .filter(swap -> swap.part().equals(part) && swap.way() == way)
                                .map(swap -> new Span(swap.begun(), swap.ended().plusMillis(1500)))
                                .toList();
                if (!spans.isEmpty()) {
                    Gaps gaps = gaps(records, spans);
                    longest = Math.max(longest, gaps.longest());
                    row(
                            String.format(
                                    Locale.ROOT, "%s of %s, %d times", way, part, spans.size()),
                            gaps);
                }
            }
        }
        PerformanceBench.row(
                "decoders that ended in " + swaps.size() + " swaps", String.valueOf(ended), "0");
        PerformanceBench.row(
                "crossings seen, lost, doubled",
                String.format(Locale.ROOT, "%d, %d, %d", sum.seen(), sum.lost(), sum.doubled()),
                "0 lost, 0 doubled");
        PerformanceBench.row(
                "by how much a stream fell behind the clock, at most", behind + " ms", "-");
        PerformanceBench.row(
                "identities for each figure that crossed",
                String.format(Locale.ROOT, "%.3f", (double) sum.identities() / sum.seen()),
                "1");
        PerformanceBench.row(
                String.format(
                        Locale.ROOT,
                        "class loaders of bundles, after %d swaps of each part and at the end",
                        READ),
                String.format(Locale.ROOT, "%d, %d", early.loaders(), late.loaders()),
                "the same");
        PerformanceBench.row(
                "objects of io.visionops.* after a full collection, likewise",
                String.format(
                        Locale.ROOT,
                        "%d (%.1f MB), %d (%.1f MB)",
                        early.own().instances(),
                        early.own().bytes() / 1e6,
                        late.own().instances(),
                        late.own().bytes() / 1e6),
                "flat (5 %)");
        PerformanceBench.row(
                "all objects on the heap, likewise",
                String.format(
                        Locale.ROOT,
                        "%d (%.1f MB), %d (%.1f MB)",
                        early.all().instances(),
                        early.all().bytes() / 1e6,
                        late.all().instances(),
                        late.all().bytes() / 1e6),
                "flat (5 %)");
        PerformanceBench.row(
                String.format(
                        Locale.ROOT,
                        "resident memory of the JVM after each %d swaps, and the size of its heap",
                        READ),
                String.format(
                        Locale.ROOT,
                        "%s MB; %s MB",
                        megabytes(memories, Memory::resident),
                        megabytes(memories, Memory::heapSize)),
                "flat (5 %)");
        SoftAssertions all = new SoftAssertions();
        all.assertThat(longest).as("longest gap").isLessThanOrEqualTo(BAR_MILLIS);
        all.assertThat(ended).as("decoders that ended").isZero();
        all.assertThat(sum.lost()).as("lost").isZero();
        all.assertThat(sum.doubled()).as("doubled").isZero();
        all.assertThat(sum.counted()).as("counted").isEqualTo(sum.seen());
        all.assertThat(renumbered).as("frames renumbered").isZero();
        all.assertThat(late.loaders()).as("class loaders").isLessThanOrEqualTo(early.loaders());
        assertFlat(all, "objects of ours", early.own().instances(), late.own().instances());
        assertFlat(all, "bytes of ours", early.own().bytes(), late.own().bytes());
        assertFlat(all, "bytes on the heap", early.all().bytes(), late.all().bytes());
        assertFlat(all, "resident memory", early.resident(), late.resident());
        all.assertAll();
    }

    private static String megabytes(List<Memory> memories, ToLongFunction<Memory> bytes) {
        return memories.stream()
                .map(one -> String.format(Locale.ROOT, "%.0f", bytes.applyAsLong(one) / 1e6))
                .collect(Collectors.joining(", "));
    }

    private static void assertFlat(SoftAssertions all, String what, long early, long late) {
        all.assertThat((double) late).as(what).isLessThanOrEqualTo(early * FLAT);
    }

    private record Gaps(long median, long longest, long missed) {}

    private record Span(Instant from, Instant to) {}

    /** Of every camera in every span. */
    private static Gaps gaps(List<ProcessionRecord> records, List<Span> spans) {
        List<Long> longest = new ArrayList<>();
        long missed = 0;
        for (ProcessionRecord record : records) {
            for (Span span : spans) {
                longest.add(record.longestGap(span.from(), span.to()));
                missed += record.missed(span.from(), span.to());
            }
        }
        longest.sort(null);
        return new Gaps(longest.get(longest.size() / 2), longest.get(longest.size() - 1), missed);
    }

    private static void row(String what, Gaps gaps) throws Exception {
        PerformanceBench.row(
                what,
                String.format(
                        Locale.ROOT,
                        "gap %d ms, longest %d ms, %d frames not looked at",
                        gaps.median(),
                        gaps.longest(),
                        gaps.missed()),
                BAR_MILLIS + " ms");
    }

    private static Memory memory(Instance instance) throws Exception {
        Histogram heap = Histogram.of(instance.jvm());
        Memory memory = new Memory(heap, instance.resident(), heapSize(instance));
        assertThat(memory.loaders()).as("class loaders").isPositive();
        assertThat(memory.own().instances()).as("objects of ours").isPositive();
        Files.writeString(
                Instance.TARGET.resolve("histogram-" + System.currentTimeMillis() + ".txt"),
                heap.text());
        return memory;
    }

    private static long heapSize(Instance instance) throws Exception {
        return Pattern.compile("total (\\d+)K")
                .matcher(instance.jcmd(30, "GC.heap_info"))
                .results()
                .mapToLong(part -> 1024 * Long.parseLong(part.group(1)))
                .sum();
    }

    private static int common(List<Long> some, List<Long> others) {
        return (int) some.stream().filter(others::contains).count();
    }
}
