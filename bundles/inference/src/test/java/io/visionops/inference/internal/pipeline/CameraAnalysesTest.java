package io.visionops.inference.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.visionops.api.analysis.AnalysisStatus;
import io.visionops.api.camera.CameraSettings;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.DetectionSettings;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.LevelRequest;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.camera.Source;
import io.visionops.api.checkpoint.CheckpointResult;
import io.visionops.api.detect.Detection;
import io.visionops.api.detect.Detector;
import io.visionops.api.detect.DetectorException;
import io.visionops.api.detect.DetectorSession;
import io.visionops.api.frame.Frame;
import io.visionops.api.frame.FrameLease;
import io.visionops.api.frame.FrameOutcome;
import io.visionops.api.frame.LeaseException;
import io.visionops.api.geometry.Box;
import io.visionops.api.geometry.Line;
import io.visionops.api.geometry.Point;
import io.visionops.api.geometry.Polygon;
import io.visionops.api.geometry.Zone;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Fact;
import io.visionops.api.journal.JournalRecord;
import io.visionops.api.journal.Severity;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import io.visionops.api.time.Ticker;
import io.visionops.inference.internal.detector.DetectorSupply;
import io.visionops.testkit.FakeCamera;
import io.visionops.testkit.FakeDetector;
import io.visionops.testkit.FakeFrame;
import io.visionops.testkit.FakeFrameQueue;
import io.visionops.testkit.InMemoryCheckpoints;
import io.visionops.testkit.ManualClock;
import io.visionops.testkit.RecordingJournal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole part with real threads; only what it is connected to is fake. */
@Tag("slow")
class CameraAnalysesTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofMillis(100);

    /** Upright in the middle, pointing up: who walks to the right comes in. */
    private static final Line DOOR = new Line("door", new Point(0.5, 1), new Point(0.5, 0));

    private final RecordingJournal journal = new RecordingJournal();
    private final InMemoryCheckpoints checkpoints = new InMemoryCheckpoints();
    private final FakeCamera front = new FakeCamera(FakeCamera.settings("front"));
    private final FakeCamera door =
            new FakeCamera(FakeCamera.settings("door", List.of(DOOR), List.of()));
    private final CountDownLatch never = new CountDownLatch(1);

    private CameraAnalyses analyses = connected();

    @AfterEach
    void stop() throws InterruptedException {
        never.countDown();
        analyses.close();
    }

    @Test
    void everyFrameIsSettledOnce() throws InterruptedException {
        analyse(front);

        show(front, 1, 20);
        analyses.close();

        assertEach(front, 1, 20, FrameOutcome.ANALYSED);
        assertThat(tracksOf("front")).containsOnly(1L);
    }

    @Test
    void framesStayInTheQueueUntilThereIsADetector() throws InterruptedException {
        analyses.addCamera(front);
        offer(front, 1, 3);
        TimeUnit.MILLISECONDS.sleep(100);
        assertThat(front.frames().counts().waiting()).isEqualTo(3);
        assertThat(analyses.statuses())
                .extracting(AnalysisStatus::detector)
                .allMatch(o -> o.isEmpty());

        analyses.addDetector(walker("model", 1));

        awaitSettled(front, 3);
        assertEach(front, 1, 3, FrameOutcome.ANALYSED);
    }

    @Test
    void aCameraWhoseFramesWaitAsksForItsDetectorAndOneWithoutFramesDoesNot() {
        List<String> asked = new CopyOnWriteArrayList<>();
        analyses.setSupply(
                new DetectorSupply() {
                    @Override
                    public boolean loading() {
                        return true;
                    }

                    @Override
                    public void want(String name) {
                        asked.add(name);
                    }

                    @Override
                    public Optional<String> absence(String name) {
                        return Optional.empty();
                    }
                });
        FakeCamera idle = new FakeCamera(settings("idle", "other"));
        FakeCamera busy = new FakeCamera(settings("busy", "model"));
        offer(busy, 1, 3);
        analyses.addCamera(idle);
        analyses.addCamera(busy);

        await().until(() -> asked.size() > 1);

        assertThat(asked).containsOnly("model");
    }

    @Test
    void aCameraIsToldThatItsDetectorIsNotThereAndThatItIs() throws InterruptedException {
        analyses.close();
        ManualClock time = new ManualClock(START);
        analyses =
                new CameraAnalyses(
                        "auto", false, any -> new OpenGate(), time, time, PATIENCE, null);
        analyses.addDetector(
                new FakeDetector("motion", 0, Set.of("moving"), false, any -> List.of()));
        FakeCamera named = new FakeCamera(settings("front", "nonsense"));
        analyses.addCamera(named);
        await().until(
                        () -> {
                            time.advance(Duration.ofSeconds(1));
                            return !named.analysisFaults().isEmpty();
                        });
        assertThat(named.analysisFaults().get(0))
                .hasValueSatisfying(
                        fault -> {
                            assertThat(fault.cause()).isEqualTo(Cause.DETECTOR);
                            assertThat(fault.detail())
                                    .startsWith("detector = nonsense: ")
                                    .contains("write auto or motion", "model-install");
                        });
        assertThat(analyses.statuses().get(0).detector()).isEmpty();

        analyses.addDetector(walker("nonsense", 1));

        await().until(
                        () -> {
                            time.advance(Duration.ofSeconds(1));
                            return named.analysisFaults().size() == 2;
                        });
        assertThat(named.analysisFaults().get(1)).isEmpty();
    }

    private static CameraSettings settings(String name, String detector) {
        return FakeCamera.settings(
                name,
                new DetectionSettings(
                        10,
                        640,
                        detector,
                        Set.of("person", "moving"),
                        0.5,
                        List.of(),
                        List.of(),
                        List.of()));
    }

    @Test
    void aSwapOfTheDetectorInTheMiddleOfAWalkKeepsTheObject() throws InterruptedException {
        FakeDetector old = walker("model", 1);
        analyses.addDetector(old);
        analyses.addCamera(front);
        show(front, 1, 10);

        analyses.removeDetector(old);
        offer(front, 11, 15);
        analyses.addDetector(walker("model", 1));
        show(front, 16, 25);
        analyses.close();

        assertEach(front, 1, 25, FrameOutcome.ANALYSED);
        assertThat(tracksOf("front")).containsOnly(1L);
        assertThat(old.openSessions()).isZero();
    }

    @Test
    void aBetterDetectorTakesOverWhenItComes() throws InterruptedException {
        FakeDetector plain = walker("plain", 1);
        FakeDetector better = walker("better", 2);
        analyses.addDetector(plain);
        analyses.addCamera(front);
        show(front, 1, 5);

        analyses.addDetector(better);
        show(front, 6, 10);

        assertThat(plain.calls()).isEqualTo(5);
        assertThat(better.calls()).isEqualTo(5);
    }

    @Test
    void aFrameOnWhichTheDetectorFailsIsLostAndNoOther() throws InterruptedException {
        analyses.addDetector(
                FakeDetector.persons(
                        "moody",
                        1,
                        frame -> {
                            if (frame.sequence() % 5 == 0) {
                                throw new DetectorException("no");
                            }
                            return walk(frame);
                        }));
        analyses.addCamera(front);

        show(front, 1, 20);

        for (long sequence = 1; sequence <= 20; sequence++) {
            assertThat(front.frames().outcomes(sequence))
                    .containsExactly(
                            sequence % 5 == 0 ? FrameOutcome.FAILED : FrameOutcome.ANALYSED);
        }
    }

    @Test
    void aDetectorThatKeepsFailingIsReplacedByTheNextBest() throws InterruptedException {
        FakeDetector failing =
                FakeDetector.persons(
                        "failing",
                        2,
                        frame -> {
                            throw new IllegalStateException("broken");
                        });
        analyses.addDetector(failing);
        analyses.addDetector(walker("plain", 1));
        analyses.addCamera(front);

        show(front, 1, 10);

        assertEach(front, 1, 3, FrameOutcome.FAILED);
        assertEach(front, 4, 10, FrameOutcome.ANALYSED);
        assertThat(analyses.statuses().get(0).detector()).contains("plain");
    }

    @Test
    void aStopWhileTheDetectorWaitsAbandonsTheFrame() throws InterruptedException {
        CountDownLatch working = new CountDownLatch(1);
        analyses.addDetector(
                FakeDetector.persons(
                        "waiting",
                        1,
                        frame -> {
                            working.countDown();
                            awaitInterruptibly(never);
                            return List.of();
                        }));
        analyses.addCamera(front);
        offer(front, 1, 3);
        working.await();

        analyses.removeCamera(front);

        assertEach(front, 1, 1, FrameOutcome.ABANDONED);
        assertThat(front.frames().outcomes(2)).isEmpty();
        assertThat(front.frames().counts().waiting()).isEqualTo(2);
    }

    @Test
    void aStopLetsTheDetectorFinishTheFrameAtHand() throws InterruptedException {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        analyses.addDetector(
                FakeDetector.persons(
                        "slow",
                        1,
                        frame -> {
                            working.countDown();
                            awaitInterruptibly(go);
                            return walk(frame);
                        }));
        analyses.addCamera(front);
        offer(front, 1, 3);
        working.await();

        Thread removal = new Thread(() -> removeQuietly(front));
        removal.start();
        removal.join(20);
        go.countDown();
        removal.join();

        assertEach(front, 1, 1, FrameOutcome.ANALYSED);
        assertThat(front.frames().counts().waiting()).isEqualTo(2);
    }

    @Test
    void ofAFileThatIsReadFrameByFrameNoneIsLostInALongSwap() throws InterruptedException {
        CameraSettings file = front.settings();
        FakeCamera asap =
                new FakeCamera(
                        new CameraSettings(
                                "file",
                                true,
                                5,
                                new Source(
                                        "file:/a.mp4",
                                        List.of(),
                                        Source.Pace.ASAP,
                                        false,
                                        Source.Transport.TCP),
                                file.analysis(),
                                file.reconnect(),
                                file.picture()));
        FakeDetector leaving = walker("model", 1);
        analyses.addDetector(leaving);
        analyses.addCamera(asap);
        show(asap, 1, 5);

        analyses.removeDetector(leaving);
        offer(asap, 6, 10);
        TimeUnit.MILLISECONDS.sleep(1300);
        analyses.addDetector(walker("model", 1));
        awaitSettled(asap, 10);

        assertEach(asap, 1, 10, FrameOutcome.ANALYSED);
    }

    @Test
    void aDetectorThatHangsForOneCameraDelaysNoOther() throws InterruptedException {
        CountDownLatch hanging = new CountDownLatch(1);
        analyses.addDetector(
                FakeDetector.persons(
                        "model",
                        1,
                        frame -> {
                            if (frame.camera().equals("front")) {
                                hanging.countDown();
                                awaitUninterruptibly(never);
                            }
                            return walk(frame);
                        }));
        analyses.addCamera(front);
        analyses.addCamera(door);
        offer(front, 1, 1);
        hanging.await();

        show(door, 1, 50);
        assertThat(front.frames().settled()).isZero();
    }

    @Test
    void aDetectorThatHangsDoesNotKeepThePartFromStopping() throws InterruptedException {
        CountDownLatch hanging = new CountDownLatch(1);
        analyses.addDetector(
                FakeDetector.persons(
                        "hung",
                        1,
                        frame -> {
                            hanging.countDown();
                            awaitUninterruptibly(never);
                            return walk(frame);
                        }));
        analyses.addCamera(front);
        offer(front, 1, 1);
        hanging.await();

        long begin = System.nanoTime();
        analyses.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        never.countDown();
        awaitSettled(front, 1);
        assertEach(front, 1, 1, FrameOutcome.ABANDONED);
        assertThat(checkpoints.history()).isEmpty();
        assertThatCode(front::leaseFrames).doesNotThrowAnyException();
    }

    @Test
    void aCameraThatIsRegisteredAnewKeepsItsObjectsAndCountsThemOnce() throws InterruptedException {
        analyse(door);
        show(door, 1, 18);

        analyses.removeCamera(door);
        FakeCamera again = new FakeCamera(door.settings(), door.frames());
        offer(door, 19, 40);
        analyses.addCamera(again);
        awaitSettled(door, 40);
        analyses.close();

        assertEach(door, 1, 40, FrameOutcome.ANALYSED);
        assertThat(tracksOf("door")).containsOnly(1L);
        assertThat(crossings()).hasSize(1);
        assertThat(crossings().get(0).direction()).isEqualTo(Event.Direction.IN);
        assertThat(
                        analyses.figures()
                                .totals()
                                .get("visionops.line.crossings", "door", "door", "person", "in"))
                .isEqualTo(1);
    }

    @Test
    void aNewServiceForACameraMayComeBeforeTheOldOneGoes() throws InterruptedException {
        analyse(door);
        show(door, 1, 18);

        FakeCamera again = new FakeCamera(door.settings(), door.frames());
        analyses.addCamera(again);
        offer(door, 19, 40);
        analyses.removeCamera(door);
        awaitSettled(door, 40);
        assertThat(analyses.statuses()).hasSize(1);
        analyses.close();

        assertEach(door, 1, 40, FrameOutcome.ANALYSED);
        assertThat(tracksOf("door")).containsOnly(1L);
        assertThat(crossings()).hasSize(1);
    }

    @Test
    void aNewLineLeavesTheOthersAlone() throws InterruptedException {
        Line gate = new Line("gate", new Point(0.7, 1), new Point(0.7, 0));
        analyse(door);
        show(door, 1, 18);

        analyses.removeCamera(door);
        offer(door, 19, 40);
        analyses.addCamera(
                new FakeCamera(
                        FakeCamera.settings("door", List.of(DOOR, gate), List.of()),
                        door.frames()));
        awaitSettled(door, 40);
        analyses.close();

        assertThat(crossings()).extracting(Fact.Crossing::line).containsExactly("door", "gate");
        assertThat(journal.facts(Fact.Counters.class))
                .extracting(Fact.Counters::lines)
                .containsExactly(List.of("door"), List.of("door", "gate"));
    }

    @Test
    void thePartStartedAnewGoesOnFromTheCheckpoint() throws InterruptedException {
        analyse(door);
        show(door, 1, 18);

        analyses.close();
        analyses = connected();
        analyse(door);
        show(door, 19, 40);
        analyses.close();

        assertThat(tracksOf("door")).containsOnly(1L);
        assertThat(crossings()).hasSize(1);
    }

    @Test
    void thePartIsSwappedWhileTheStoreIsAwayAndNothingIsLostOrDoubled(@TempDir Path folder)
            throws InterruptedException {
        analyses.close();
        analyses = alone(folder);
        analyses.setJournal(journal);
        analyses.setCheckpoints(checkpoints);
        analyse(door);
        show(door, 1, 10);

        analyses.unsetJournal(journal);
        analyses.unsetCheckpoints(checkpoints);
        show(door, 11, 25);
        analyses.close();
        assertThat(crossings()).isEmpty();
        analyses = alone(folder);
        analyse(door);
        show(door, 26, 40);
        analyses.setJournal(journal);
        analyses.setCheckpoints(checkpoints);
        analyses.close();

        assertThat(crossings()).hasSize(1);
        assertThat(tracksOf("door")).containsOnly(1L);
        assertThat(journal.facts(Fact.Tracks.class))
                .extracting(Fact.Tracks::frame)
                .doesNotHaveDuplicates()
                .isSorted()
                .endsWith(39L, 40L);
        assertThat(watched("door")).isEqualTo(Duration.ofMillis(3900));
    }

    @Test
    void aPartThatIsKilledBeforeTheStoreIsBackLosesNothingOfTheLifeBefore(@TempDir Path folder)
            throws InterruptedException {
        analyses.close();
        analyses = alone(folder);
        analyse(door);
        show(door, 1, 25);
        analyses.close();

        // Started while the store is blocked; what it would leave at a stop goes nowhere.
        alone(folder);
        analyses = alone(folder);
        analyses.setJournal(journal);
        analyses.close();

        assertThat(crossings()).hasSize(1);
        assertThat(folder.resolve("journal.jsonl")).doesNotExist();
    }

    @Test
    void whatADetectorHasLearnedGoesOnInTheNextCameraAndInTheNextPart(@TempDir Path folder)
            throws InterruptedException {
        analyses.close();
        analyses = alone(folder);
        analyses.addDetector(new FrameCounter().detector());
        analyses.addCamera(front);
        show(front, 1, 5);

        analyses.removeCamera(front);
        analyses.addCamera(front);
        show(front, 6, 10);
        analyses.close();
        FrameCounter last = new FrameCounter();
        analyses = alone(folder);
        analyses.addDetector(last.detector());
        analyses.addCamera(front);
        show(front, 11, 15);

        assertThat(last.seen()).isEqualTo(15);
    }

    @Test
    void theDetectorThatWasInUseIsAwaitedWhenThePartComesBack() throws InterruptedException {
        analyse(door);
        show(door, 1, 18);

        analyses.close();
        analyses = connected();
        FakeDetector motion =
                new FakeDetector("motion", 0, Set.of("moving"), false, frame -> List.of());
        analyses.addDetector(motion);
        analyses.addCamera(door);
        offer(door, 19, 40);
        TimeUnit.MILLISECONDS.sleep(200);
        analyses.addDetector(walker("model", 1));
        awaitSettled(door, 40);
        analyses.close();

        assertThat(motion.calls()).isZero();
        assertThat(tracksOf("door")).containsOnly(1L);
        assertThat(crossings()).hasSize(1);
    }

    @Test
    void afterALongBreakIdentitiesGoOnAndObjectsDoNot() throws InterruptedException {
        analyse(door);
        show(door, 1, 18);

        analyses.close();
        analyses = connected();
        analyses.addDetector(walker("model", 1));
        FakeCamera later = new FakeCamera(door.settings());
        analyses.addCamera(later);
        for (long sequence = 1; sequence <= 10; sequence++) {
            later.frames()
                    .offer(
                            FakeFrame.blank(
                                    "door", sequence, time(sequence).plus(Duration.ofHours(1))));
        }
        awaitSettled(later, 10);
        analyses.close();

        assertThat(tracksOf("door")).containsOnly(1L, 2L);
    }

    @Test
    void withoutCheckpointsIdentitiesAreNewAllTheSame() throws InterruptedException {
        analyses.unsetCheckpoints(checkpoints);
        analyse(front);

        show(front, 1, 10);
        analyses.close();

        assertThat(tracksOf("front")).hasSize(1);
        assertThat(tracksOf("front").get(0)).isGreaterThan(1_700_000_000L);
    }

    @Test
    void whileTheJournalIsAwayNothingIsLostAndNothingIsDoubled() throws InterruptedException {
        analyse(door);
        show(door, 1, 10);

        journal.setBroken(true);
        show(door, 11, 25);
        analyses.unsetJournal(journal);
        show(door, 26, 40);
        journal.setBroken(false);
        analyses.setJournal(journal);
        analyses.close();

        assertThat(crossings()).hasSize(1);
        List<Fact.Tracks> tracks = journal.facts(Fact.Tracks.class);
        assertThat(tracks).extracting(Fact.Tracks::frame).doesNotHaveDuplicates().isSorted();
        assertThat(tracks.get(tracks.size() - 1).frame()).isEqualTo(40);
        assertThat(watched("door")).isEqualTo(Duration.ofMillis(3900));
    }

    @Test
    void ofTheTimeBetweenTwoAnalysesNoMoreIsWatchedThanBetweenTwoFrames()
            throws InterruptedException {
        analyse(front);
        show(front, 1, 11);

        analyses.removeCamera(front);
        analyses.addCamera(front);
        offer(front, 21, 31);
        awaitSettled(front, 22);
        analyses.close();

        Duration twoFrames = Duration.ofMillis(200);
        assertThat(watched("front")).isEqualTo(Duration.ofSeconds(2).plus(twoFrames));
    }

    @Test
    void whoStandsInAZoneIsAnEventAndTimedByTheSecond() throws InterruptedException {
        Zone left =
                new Zone(
                        "left",
                        new Polygon(
                                List.of(
                                        new Point(0, 0),
                                        new Point(0.5, 0),
                                        new Point(0.5, 1),
                                        new Point(0, 1))),
                        Optional.empty(),
                        OptionalInt.empty());
        FakeCamera yard = new FakeCamera(FakeCamera.settings("yard", List.of(), List.of(left)));
        analyse(yard);

        show(yard, 1, 40);
        analyses.close();

        assertThat(journal.events())
                .extracting(Event::type)
                .containsExactly(Event.Type.ZONE_ENTERED, Event.Type.ZONE_LEFT);
        Duration stayed = between(journal.events().get(0), journal.events().get(1));
        assertThat(
                        journal.facts(Fact.Occupancy.class).stream()
                                .filter(fact -> fact.objects() == 1)
                                .map(Fact.Occupancy::length)
                                .reduce(Duration.ZERO, Duration::plus))
                .isEqualTo(stayed)
                .isGreaterThan(Duration.ofSeconds(1));
    }

    @Test
    void aCheckpointIsWrittenEveryHalfMinute() throws InterruptedException {
        analyses.close();
        ManualClock clock = new ManualClock(START);
        analyses =
                new CameraAnalyses(
                        "auto",
                        false,
                        any -> new OpenGate(),
                        Clock.systemUTC(),
                        clock,
                        PATIENCE,
                        null);
        analyses.setCheckpoints(checkpoints);
        analyse(front);
        show(front, 1, 10);
        assertThat(checkpoints.history()).isEmpty();

        clock.advance(Duration.ofSeconds(30));
        offer(front, 11, 11);

        await().until(() -> checkpoints.history().size() == 1);
        clock.advance(Duration.ofSeconds(30));
        offer(front, 12, 12);
        await().until(() -> checkpoints.history().size() == 2);
    }

    @Test
    void whatIsCountedIsSaidAtTheStartAndWhenTheDetectorFindsOtherThings()
            throws InterruptedException {
        FakeDetector persons = walker("model", 1);
        analyses.addDetector(
                new FakeDetector("motion", 0, Set.of("moving"), false, frame -> List.of()));
        analyses.addDetector(persons);
        analyses.addCamera(door);
        show(door, 1, 3);

        analyses.removeDetector(persons);
        show(door, 4, 6);
        analyses.close();

        assertThat(journal.facts(Fact.Counters.class))
                .containsExactly(
                        new Fact.Counters(
                                "door", time(1), List.of("door"), List.of(), List.of("person")),
                        new Fact.Counters(
                                "door", time(4), List.of("door"), List.of(), List.of("moving")));
    }

    @Test
    void atMotionOnlyMotionIsUsedAndSaidAndTheModelComesBackWhenTheLevelRises()
            throws InterruptedException {
        Actor governor = Actor.part("governor");
        analyses.addDetector(
                new FakeDetector("motion", 0, Set.of("moving"), false, frame -> List.of()));
        analyses.addDetector(walker("model", 1));
        analyses.addCamera(door);
        show(door, 1, 3);

        door.request(new LevelRequest(governor, ServiceLevel.MOTION_ONLY, "heat"));
        show(door, 4, 6);
        assertThat(analyses.statuses().get(0).detector()).contains("motion");

        door.request(new LevelRequest(governor, ServiceLevel.FULL, "cool"));
        show(door, 7, 9);
        assertThat(analyses.statuses().get(0).detector()).contains("model");
        analyses.close();

        assertThat(journal.facts(Fact.Counters.class))
                .extracting(Fact.Counters::time, Fact.Counters::labels)
                .containsExactly(
                        tuple(time(1), List.of("person")),
                        tuple(time(4), List.of("moving")),
                        tuple(time(7), List.of("person")));
    }

    @Test
    void motionStandsInForADetectorThatHangsAndItsLabelsAreUnknownUntilItIsBack()
            throws InterruptedException {
        ManualClock time = manualTime();
        AtomicBoolean hangs = new AtomicBoolean();
        CountDownLatch hanging = new CountDownLatch(1);
        analyses.addDetector(
                new FakeDetector("motion", 0, Set.of("moving"), false, frame -> List.of()));
        analyses.addDetector(
                FakeDetector.persons(
                        "model",
                        1,
                        frame -> {
                            if (hangs.get()) {
                                hanging.countDown();
                                awaitUninterruptibly(never);
                            }
                            return walk(frame);
                        }));
        analyses.addCamera(door);
        show(door, 1, 3);

        hangs.set(true);
        offer(door, 4, 4);
        hanging.await();
        time.advance(Duration.ofSeconds(30));
        awaitSettled(door, 4);
        assertEach(door, 4, 4, FrameOutcome.FAILED);
        show(door, 5, 6);
        assertThat(analyses.statuses().get(0).detector()).contains("motion");
        assertThat(analyses.hungCalls()).isEqualTo(1);
        assertThat(analyses.figures().totals().get("visionops.inference.hangs", "door", "model"))
                .isEqualTo(1);
        await().until(
                        () -> {
                            time.advance(Duration.ofSeconds(1));
                            return lastFault(door).isPresent();
                        });
        assertThat(lastFault(door).orElseThrow().detail())
                .startsWith("detector model fails: no answer within 30 s; meanwhile it is motion")
                .endsWith(", since 2026-01-01T00:00:30Z");

        hangs.set(false);
        time.advance(Duration.ofMinutes(1));
        show(door, 7, 9);
        assertThat(analyses.statuses().get(0).detector()).contains("model");
        analyses.close();

        assertEach(door, 5, 9, FrameOutcome.ANALYSED);
        assertThat(journal.facts(Fact.Counters.class))
                .extracting(Fact.Counters::time, Fact.Counters::labels)
                .containsExactly(
                        tuple(time(1), List.of("person")),
                        tuple(time(5), List.of("moving")),
                        tuple(time(7), List.of("person")));
        assertThat(journal.events())
                .filteredOn(event -> event.type().equals(Event.Type.DETECTOR_CHANGED))
                .extracting(Event::severity, Event::camera)
                .containsExactly(tuple(Severity.WARNING, "door"), tuple(Severity.INFO, "door"));
    }

    @Test
    void whenNoDetectorWorksWhatWasKnownLastIsShownWithItsTime() throws InterruptedException {
        ManualClock time = manualTime();
        AtomicBoolean fails = new AtomicBoolean();
        analyses.addDetector(
                FakeDetector.persons(
                        "model",
                        1,
                        frame -> {
                            if (fails.get()) {
                                throw new DetectorException("out of memory");
                            }
                            return walk(frame);
                        }));
        analyses.addCamera(door);
        show(door, 1, 10);

        fails.set(true);
        show(door, 11, 13);
        await().until(
                        () -> {
                            // Its first probe is later.
                            time.advance(Duration.ofMillis(100));
                            return lastFault(door).isPresent();
                        });

        assertThat(lastFault(door).orElseThrow().detail())
                .isEqualTo(
                        "detector model fails: out of memory; no other detector works, since"
                                + " 2026-01-01T00:00:00Z; last known, at 2026-01-01T00:00:01Z:"
                                + " 1 person");
        assertThat(analyses.statuses().get(0).detector()).isEmpty();
        assertThat(analyses.statuses().get(0).objects()).containsEntry("person", 1);
        assertThat(analyses.statuses().get(0).lastAnalysed()).contains(time(10));
    }

    private static Optional<Fault> lastFault(FakeCamera camera) {
        List<Optional<Fault>> told = camera.analysisFaults();
        return told.isEmpty() ? Optional.empty() : told.get(told.size() - 1);
    }

    /** Takes analyses whose clocks move only when the test says so. */
    private ManualClock manualTime() throws InterruptedException {
        analyses.close();
        ManualClock time = new ManualClock(START);
        analyses =
                new CameraAnalyses(
                        "auto", false, any -> new OpenGate(), time, time, PATIENCE, null);
        analyses.setJournal(journal);
        analyses.setCheckpoints(checkpoints);
        return time;
    }

    @Test
    void aDisabledCameraIsNotAnalysed() throws InterruptedException {
        CameraSettings on = front.settings();
        FakeCamera off =
                new FakeCamera(
                        new CameraSettings(
                                on.name(),
                                false,
                                on.priority(),
                                on.source(),
                                on.analysis(),
                                on.reconnect(),
                                on.picture()));

        analyses.addCamera(off);

        assertThat(analyses.statuses()).isEmpty();
        analyses.removeCamera(off);
    }

    @Test
    void theStatusSaysWhatIsGoingOn() throws InterruptedException {
        analyse(front);
        show(front, 1, 10);

        AnalysisStatus status = analyses.statuses().get(0);

        assertThat(status.camera()).isEqualTo("front");
        assertThat(status.detector()).contains("model");
        assertThat(status.objects()).containsExactly(Map.entry("person", 1));
        assertThat(status.detectTime().p95()).isPositive();
        assertThat(status.lastAnalysed()).contains(time(10));
        await().until(() -> !analyses.statuses().get(0).commitTime().p95().isZero());
    }

    @Test
    void aCameraWhoseFramesAnotherConsumerHasIsAnalysedWhenThatOneIsDone() throws Exception {
        FrameLease others = front.leaseFrames();
        analyse(front);
        offer(front, 1, 3);
        TimeUnit.MILLISECONDS.sleep(100);
        assertThat(front.frames().settled()).isZero();

        others.close();

        awaitSettled(front, 3);
        assertEach(front, 1, 3, FrameOutcome.ANALYSED);
    }

    @Test
    void aCheckpointOnRequestSavesEveryCameraThatHasSeenSomething() throws Exception {
        analyse(front);
        analyses.addCamera(door);
        show(front, 1, 5);
        assertThat(checkpoints.history()).isEmpty();

        CheckpointResult result = analyses.checkpoint(Duration.ofSeconds(20));

        assertThat(result).isEqualTo(CheckpointResult.committed("inference.front"));
        assertThat(checkpoints.latest("inference.front")).isPresent();
        assertThat(checkpoints.history()).hasSize(1);
    }

    @Test
    void aCameraWhoseDetectorHangsIsNamedAndTheOthersAreSaved() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        analyses.addDetector(
                FakeDetector.persons(
                        "model",
                        1,
                        frame -> {
                            if (frame.camera().equals("front") && frame.sequence() == 2) {
                                hanging.countDown();
                                awaitUninterruptibly(never);
                            }
                            return walk(frame);
                        }));
        analyses.addCamera(front);
        analyses.addCamera(door);
        show(door, 1, 3);
        offer(front, 1, 2);
        hanging.await();

        CheckpointResult result = analyses.checkpoint(Duration.ofSeconds(1));

        assertThat(result.committed()).containsExactly("inference.door");
        assertThat(result.failed()).containsOnlyKeys("inference.front");
        assertThat(result.failed().get("inference.front")).contains("does not come back");
    }

    @Test
    void withoutADatabaseNothingIsSavedButWhatWaitsForItIsOnTheDisk(@TempDir Path data)
            throws Exception {
        analyses.close();
        analyses = alone(data);
        analyse(front);
        show(front, 1, 5);

        CheckpointResult result = analyses.checkpoint(Duration.ofSeconds(2));

        assertThat(result.committed()).containsExactly("inference.journal");
        assertThat(result.failed())
                .containsExactly(Map.entry("inference.front", "there is no database"));
        assertThat(data.resolve("journal.jsonl")).isNotEmptyFile();
    }

    @Test
    void whoChangesModelsIsRecordedInTheJournal() {
        AtomicReference<Consumer<JournalRecord>> records = new AtomicReference<>();
        DetectorSupply supply = new RecordingSupply(records);
        JournalRecord record =
                new JournalRecord(
                        "audit", new Subject("model", "shop"), START, Actor.user("anna"), "{}");
        analyses.setSupply(supply);

        records.get().accept(record);

        await().until(() -> !journal.entries().isEmpty());
        assertThat(journal.facts(JournalRecord.class)).containsExactly(record);
        analyses.unsetSupply(supply);
        assertThat(records).hasValue(null);
    }

    private record RecordingSupply(AtomicReference<Consumer<JournalRecord>> records)
            implements DetectorSupply {

        @Override
        public boolean loading() {
            return false;
        }

        @Override
        public void want(String name) {}

        @Override
        public Optional<String> absence(String name) {
            return Optional.empty();
        }

        @Override
        public void recordTo(@Nullable Consumer<JournalRecord> to) {
            records.set(to);
        }
    }

    @Test
    void framesAreGivenBackByAPartThatStops() throws Exception {
        analyse(front);
        show(front, 1, 3);
        assertThatThrownBy(front::leaseFrames).isInstanceOf(LeaseException.class);

        analyses.close();

        assertThatCode(front::leaseFrames).doesNotThrowAnyException();
    }

    @Test
    void aQueueThatDoesNotWaitIsNotAskedAllTheTime() throws InterruptedException {
        AtomicInteger asked = new AtomicInteger();
        analyses.addDetector(walker("model", 1));
        analyses.addCamera(
                new FakeCamera(
                        front.settings(),
                        new FakeFrameQueue() {
                            @Override
                            protected Optional<Frame> take(Duration atMost) {
                                asked.incrementAndGet();
                                return Optional.empty();
                            }
                        }));

        TimeUnit.MILLISECONDS.sleep(300);

        assertThat(asked.get()).isBetween(1, 5);
    }

    private CameraAnalyses connected() {
        CameraAnalyses fresh = alone(null);
        fresh.setJournal(journal);
        fresh.setCheckpoints(checkpoints);
        return fresh;
    }

    private static CameraAnalyses alone(@Nullable Path folder) {
        return new CameraAnalyses(
                "auto",
                false,
                camera -> new OpenGate(),
                Clock.systemUTC(),
                Ticker.system(),
                PATIENCE,
                folder);
    }

    /** Finds one person who walks from left to right and crosses the middle at frame 20. */
    private static FakeDetector walker(String name, int quality) {
        return FakeDetector.persons(name, quality, CameraAnalysesTest::walk);
    }

    private static List<Detection> walk(Frame frame) {
        double x = 0.1 + 0.02 * frame.sequence();
        return List.of(new Detection("person", 0.9, new Box(x - 0.05, 0.3, x + 0.05, 0.7)));
    }

    /** With a detector that finds the walker. */
    private void analyse(FakeCamera camera) {
        analyses.addDetector(walker("model", 1));
        analyses.addCamera(camera);
    }

    /** Offers frames, and waits until no frame so far is on its way any more. */
    private static void show(FakeCamera camera, int first, int last) {
        offer(camera, first, last);
        awaitSettled(camera, last);
    }

    private static void offer(FakeCamera camera, long first, long last) {
        for (long sequence = first; sequence <= last; sequence++) {
            camera.frames()
                    .offer(FakeFrame.blank(camera.settings().name(), sequence, time(sequence)));
        }
    }

    private static Instant time(long sequence) {
        return START.plusMillis(100 * sequence);
    }

    private static void awaitSettled(FakeCamera camera, int frames) {
        await().atMost(10, TimeUnit.SECONDS)
                .pollInterval(5, TimeUnit.MILLISECONDS)
                .until(() -> camera.frames().settled() >= frames);
    }

    private static void assertEach(FakeCamera camera, long first, long last, FrameOutcome outcome) {
        for (long sequence = first; sequence <= last; sequence++) {
            assertThat(camera.frames().outcomes(sequence))
                    .as("frame %s", sequence)
                    .containsExactly(outcome);
        }
    }

    private List<Long> tracksOf(String camera) {
        return journal.facts(Fact.Tracks.class).stream()
                .filter(tracks -> tracks.camera().equals(camera))
                .flatMap(tracks -> tracks.objects().stream())
                .map(Fact.Tracked::track)
                .distinct()
                .toList();
    }

    private List<Fact.Crossing> crossings() {
        return journal.facts(Fact.Crossing.class);
    }

    private Duration watched(String camera) {
        return journal.facts(Fact.Watched.class).stream()
                .filter(watched -> watched.camera().equals(camera))
                .map(Fact.Watched::length)
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration between(Event first, Event second) {
        return Duration.between(first.time(), second.time());
    }

    private void removeQuietly(FakeCamera camera) {
        try {
            analyses.removeCamera(camera);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitInterruptibly(CountDownLatch latch) throws DetectorException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new DetectorException("interrupted", e);
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean done = false;
        while (!done) {
            try {
                latch.await();
                done = true;
            } catch (InterruptedException e) {
                // As a native call does.
            }
        }
    }

    /** Has learned how many frames there were. */
    private static final class FrameCounter implements DetectorSession {

        private final AtomicInteger seen = new AtomicInteger();

        int seen() {
            return seen.get();
        }

        Detector detector() {
            return FakeDetector.opening(
                    "learning",
                    1,
                    camera -> {
                        seen.set(0);
                        return this;
                    });
        }

        @Override
        public List<Detection> detect(Frame frame) {
            seen.incrementAndGet();
            return List.of();
        }

        @Override
        public Optional<byte[]> learned() {
            return Optional.of(new byte[] {(byte) seen.get()});
        }

        @Override
        public void resume(byte[] learned) {
            seen.set(learned[0]);
        }

        @Override
        public void close() {}
    }
}
