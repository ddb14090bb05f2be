package io.visionops.inference.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.CameraSettings;
import io.visionops.api.camera.Source;
import io.visionops.api.detect.Detection;
import io.visionops.api.detect.DetectorException;
import io.visionops.api.frame.Frame;
import io.visionops.api.frame.FrameOutcome;
import io.visionops.api.geometry.Box;
import io.visionops.api.journal.Fact;
import io.visionops.inference.internal.detector.DetectorBinding;
import io.visionops.inference.internal.detector.DetectorRegistry;
import io.visionops.inference.internal.detector.HungCalls;
import io.visionops.inference.internal.handover.AnalysisCheckpoints;
import io.visionops.support.TimeOrderedIds;
import io.visionops.support.breaker.Breakers;
import io.visionops.support.journal.JournalBuffer;
import io.visionops.testkit.FakeCamera;
import io.visionops.testkit.FakeDetector;
import io.visionops.testkit.FakeFrame;
import io.visionops.testkit.ManualClock;
import io.visionops.testkit.RecordingJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FramePipelineTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final ManualClock clock = new ManualClock(START);
    private final RecordingJournal journal = new RecordingJournal();
    private final TimeOrderedIds ids = new TimeOrderedIds(clock, new Random(1));
    private final JournalBuffer buffer = new JournalBuffer(clock, ids, 10_000, 32 << 20);
    private final AnalysisFigures figures = new AnalysisFigures();
    private final DetectorRegistry bench = new DetectorRegistry("auto");
    private final List<Long> shown = new ArrayList<>();
    private List<Detection> scene = List.of();
    private boolean moves = true;
    private long sequence;

    private final FakeDetector gated =
            new FakeDetector("model", 1, Set.of("person", "cat"), true, this::show);
    private final FramePipeline analyst = analyst();

    @Test
    void framesInWhichNothingMovesAreNotShownToADetectorThatIsGated() throws DetectorException {
        look(3);
        moves = false;

        assertThat(look(50)).containsOnly(FrameOutcome.GATED);

        assertThat(shown).hasSize(3);
    }

    @Test
    void gatedFramesCountAsWatched() throws DetectorException {
        look(3);
        moves = false;
        look(8);

        assertThat(watched()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void theFirstFrameIsShownEvenWhenNothingMoves() throws DetectorException {
        moves = false;

        assertThat(look(2)).containsExactly(FrameOutcome.ANALYSED, FrameOutcome.GATED);
    }

    @Test
    void whileAnObjectIsThereOneFrameASecondIsShown() throws DetectorException {
        person();
        look(5);
        moves = false;
        shown.clear();

        look(100);

        assertThat(shown).hasSize(10);
    }

    @Test
    void anObjectThatStandsStillStays() throws DetectorException {
        person();
        look(5);
        moves = false;
        look(100);
        assertThat(analyst.status().objects()).containsEntry("person", 1);

        moves = true;
        look(1);

        assertThat(tracks()).containsOnly(1L);
    }

    @Test
    void tracksAreRecordedForFramesThatWereLookedAtAlone() throws DetectorException {
        person();
        look(5);
        moves = false;
        look(5);

        flush();
        assertThat(journal.facts(Fact.Tracks.class))
                .extracting(Fact.Tracks::frame)
                .allMatch(frame -> frame <= 5);
    }

    @Test
    void labelsThatTheCameraDoesNotAskForAreNotFollowed() throws DetectorException {
        scene = List.of(new Detection("cat", 0.9, new Box(0.4, 0.4, 0.5, 0.6)));
        look(10);

        assertThat(analyst.status().objects()).isEmpty();
    }

    @Test
    void factsAreGatheredForASecond() throws DetectorException {
        person();
        for (int i = 0; i < 50; i++) {
            look(1);
            buffer.pump();
        }

        assertThat(journal.entries().size()).isBetween(4, 5);
    }

    @Test
    void whatWasFoundIsPassedOnWhenNoMoreFramesCome() throws DetectorException {
        person();
        look(6);
        clock.advance(Duration.ofSeconds(1));

        analyst.tick();
        buffer.pump();

        assertThat(journal.facts(Fact.Watched.class))
                .extracting(Fact.Watched::length)
                .containsExactly(Duration.ofMillis(500));
    }

    @Test
    void aFileThatIsReadFastDoesNotMakeEndlessEntries() throws DetectorException {
        person();
        for (int i = 0; i < 2000; i++) {
            Frame frame = FakeFrame.blank("front", ++sequence, at(sequence));
            analyst.look(frame, () -> true);
        }
        flush();

        assertThat(journal.entries())
                .allMatch(entry -> entry.facts().size() <= 300)
                .hasSizeGreaterThan(5);
        assertThat(watched()).isEqualTo(Duration.ofMillis(199_900));
    }

    @Test
    void aCaptureClockThatJumpsLosesNoObject() throws DetectorException {
        person();
        look(5);
        for (int hours : new int[] {1, -2, 24 * 365 * 20}) {
            Instant jumped = at(sequence).plus(Duration.ofHours(hours));
            for (int i = 0; i < 5; i++) {
                Frame frame = FakeFrame.blank("front", ++sequence, jumped.plusMillis(100L * i));
                analyst.look(frame, () -> true);
            }
        }

        assertThat(analyst.status().objects()).containsEntry("person", 1);
    }

    @Test
    void anAnswerThatNobodyWaitsForIsNotUsed() throws DetectorException {
        person();

        Frame frame = FakeFrame.blank("front", 1, START);

        assertThat(analyst.look(frame, () -> false)).isEqualTo(FrameOutcome.ABANDONED);
        assertThat(analyst.memory()).isEmpty();
    }

    @Test
    void whoIsAtTheEndOfAFilmIsAnotherOneThanWhoIsAtItsBeginning() throws DetectorException {
        FramePipeline film = analyst(film(FakeCamera.settings("front")));
        person();

        for (int pass = 0; pass < 2; pass++) {
            for (int i = 0; i < 30; i++) {
                film.look(FakeFrame.blank("front", ++sequence, at(i)), () -> true);
            }
        }
        film.close();

        assertThat(tracks()).hasSize(2);
        // Time that is told already is not told twice.
        assertThat(watched()).isEqualTo(Duration.ofMillis(2_900));
    }

    @Test
    void anOlderFilmUnderTheSameNameIsCountedToo() throws DetectorException {
        FramePipeline film = analyst(film(FakeCamera.settings("front")));

        for (long at : new long[] {0, 1, -864_000, -863_999}) {
            film.look(FakeFrame.blank("front", ++sequence, at(at)), () -> true);
        }
        film.close();
        flush();

        assertThat(journal.facts(Fact.Counters.class))
                .extracting(Fact.Counters::time)
                .containsExactly(at(0), at(-864_000));
    }

    private static CameraSettings film(CameraSettings settings) {
        Source source = settings.source();
        return new CameraSettings(
                settings.name(),
                settings.enabled(),
                settings.priority(),
                new Source(
                        source.url(),
                        source.fallbackUrls(),
                        Source.Pace.ASAP,
                        source.loop(),
                        source.transport()),
                settings.analysis(),
                settings.reconnect(),
                settings.picture());
    }

    private FramePipeline analyst() {
        return analyst(FakeCamera.settings("front"));
    }

    private FramePipeline analyst(CameraSettings settings) {
        Breakers breakers = new Breakers("inference", clock);
        DetectorBinding seat =
                new DetectorBinding(
                        settings,
                        bench,
                        () -> false,
                        breakers,
                        new HungCalls(),
                        (severity, words) -> {},
                        clock,
                        clock);
        bench.add(gated);
        seat.prepare();
        buffer.connect(journal);
        AnalysisContext tools =
                new AnalysisContext(
                        ids,
                        buffer,
                        new AnalysisCheckpoints(clock, Duration.ZERO),
                        bench,
                        breakers,
                        new HungCalls(),
                        camera -> new ScriptedGate(),
                        clock,
                        clock,
                        true,
                        figures);
        return new FramePipeline(settings, seat, tools, Optional.empty());
    }

    private void person() {
        scene = List.of(new Detection("person", 0.9, new Box(0.4, 0.4, 0.5, 0.6)));
    }

    private List<FrameOutcome> look(int frames) throws DetectorException {
        List<FrameOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            clock.advance(Duration.ofMillis(100));
            sequence++;
            outcomes.add(
                    analyst.look(FakeFrame.blank("front", sequence, at(sequence)), () -> true));
        }
        return outcomes;
    }

    private static Instant at(long sequence) {
        return START.plusMillis(100 * sequence);
    }

    private List<Detection> show(Frame frame) {
        shown.add(frame.sequence());
        return scene;
    }

    private void flush() {
        analyst.close();
        buffer.pump();
    }

    private Duration watched() {
        flush();
        return journal.facts(Fact.Watched.class).stream()
                .map(Fact.Watched::length)
                .reduce(Duration.ZERO, Duration::plus);
    }

    private List<Long> tracks() {
        flush();
        return journal.facts(Fact.Tracks.class).stream()
                .flatMap(tracks -> tracks.objects().stream())
                .map(Fact.Tracked::track)
                .distinct()
                .toList();
    }

    private final class ScriptedGate implements Gate {

        @Override
        public boolean moves(Frame frame) {
            return moves;
        }

        @Override
        public void close() {}
    }
}
