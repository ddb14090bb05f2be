package io.visionops.inference.internal.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Fact;
import io.visionops.api.update.CanaryReport;
import io.visionops.inference.internal.detector.DetectorState;
import io.visionops.inference.internal.track.TrackerState;
import io.visionops.support.TimeOrderedIds;
import io.visionops.support.journal.JournalBuffer;
import io.visionops.support.meter.CountedTotals;
import io.visionops.testkit.ManualClock;
import io.visionops.testkit.RecordingJournal;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

class HandoverFolderTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final ManualClock clock = new ManualClock(NOW);
    private final CameraMemory memory =
            new CameraMemory(
                    7,
                    NOW,
                    new TrackerState(TrackerState.VERSION, 42, List.of()),
                    null,
                    null,
                    true);
    private final Map<String, String> properties = new HashMap<>();

    @TempDir Path data;

    /** What one life of the part has. */
    private final class Life {

        private final TimeOrderedIds ids = new TimeOrderedIds(clock, new Random(1));
        private final JournalBuffer journal = new JournalBuffer(clock, ids, 100, 1 << 20);
        private final AnalysisCheckpoints memories = new AnalysisCheckpoints(clock, Duration.ZERO);
        private final CountedTotals totals =
                new CountedTotals(CountedTotals.Total.of("failures", "Failures"));
        private final HandoverFolder folder;

        Life(@Nullable Path path) {
            folder = new HandoverFolder(path, clock);
            folder.resume(journal, memories, totals);
        }

        void happen() {
            Fact fact = new Fact.Watched("front", NOW, Duration.ofSeconds(1));
            journal.offer("front", Entry.of(ids.get(), fact));
            memories.keep("front", memory);
            memories.keep("front", new DetectorState("motion", new byte[] {1}));
            totals.add("failures", 3);
        }

        void end() {
            folder.leave(journal, memories, totals);
        }
    }

    @Test
    void theNextLifeGoesOnFromAllOfIt() throws InterruptedException {
        Life first = new Life(data);
        first.happen();
        first.end();

        Life second = new Life(data);

        assertThat(second.totals.get("failures")).isEqualTo(3);
        assertThat(second.memories.recall("front")).contains(memory);
        assertThat(second.memories.learned("front")).isPresent();
        RecordingJournal journal = new RecordingJournal();
        second.journal.connect(journal);
        second.journal.pump();
        assertThat(journal.facts(Fact.Watched.class)).hasSize(1);
        assertThat(second.folder.unwritten()).isPresent();
    }

    @Test
    void withoutAFolderNothingIsLeft() {
        Life first = new Life(null);
        first.happen();
        first.end();

        Life second = new Life(null);

        assertThat(second.totals.get("failures")).isZero();
        assertThat(second.memories.all()).isEmpty();
        assertThat(second.journal.size()).isZero();
        assertThat(second.folder.unwritten()).isEmpty();
    }

    @Test
    void theFolderLiesInTheData() {
        properties.put("visionops.data", data.toString());

        assertThat(HandoverFolder.path(context())).contains(data.resolve("inference"));
    }

    @Test
    void withoutDataAndForABundleOnTrialThereIsNone() {
        assertThat(HandoverFolder.path(context())).isEmpty();

        properties.put("visionops.data", data.toString());
        properties.put(CanaryReport.PROPERTY + 11, "anything");

        assertThat(HandoverFolder.path(context())).isEmpty();
    }

    /** Of bundle 11, with the properties of the test. */
    private BundleContext context() {
        Bundle bundle = fake(Bundle.class, Map.of("getBundleId", 11L));
        return (BundleContext)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {BundleContext.class},
                        (proxy, method, arguments) ->
                                method.getName().equals("getBundle")
                                        ? bundle
                                        : properties.get((String) arguments[0]));
    }

    private <T> T fake(Class<T> type, Map<String, ?> answers) {
        return type.cast(
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) -> answers.get(method.getName())));
    }
}
