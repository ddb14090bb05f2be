package io.visionops.inference.internal.count;

import static io.visionops.inference.internal.count.Street.DOOR;
import static io.visionops.inference.internal.count.Street.straight;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.api.geometry.Line;
import io.visionops.api.geometry.Point;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Event.Direction;
import io.visionops.inference.internal.track.Tracker;
import io.visionops.inference.internal.track.TrackerState;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is true of the crossings of a line, with the real tracker before it. */
class LineCountingTest {

    @ParameterizedTest
    @ValueSource(doubles = {2.5, 5, 10, 25})
    void whoeverWalksToTheRightAcrossALineThatPointsUpComesIn(double fps) {
        Street street = Street.with(DOOR).at(fps).walk(straight(0, 0.8, 1, 0.8, 1, 8));

        List<Event> events = street.run(10);

        assertThat(directions(events)).containsExactly(Direction.IN);
        assertThat(events.get(0).line()).contains("door");
        assertThat(events.get(0).label()).contains("person");
        assertThat(events.get(0).track()).hasValue(1);
    }

    @Test
    void whoeverWalksToTheLeftGoesOut() {
        Street street = Street.with(DOOR).walk(straight(1, 0.8, 0, 0.8, 1, 8));

        assertThat(directions(street.run(10))).containsExactly(Direction.OUT);
    }

    @Test
    void directionFollowsTheLineHoweverItLies() {
        // It points right, so its right side is below.
        Line level = new Line("level", new Point(0, 0.5), new Point(1, 0.5));
        Street down = Street.with(level).walk(straight(0.5, 0.2, 0.5, 0.9, 0, 5));
        Street up = Street.with(level).walk(straight(0.5, 0.9, 0.5, 0.2, 0, 5));

        assertThat(directions(down.run(6))).containsExactly(Direction.IN);
        assertThat(directions(up.run(6))).containsExactly(Direction.OUT);
    }

    @Test
    void whoeverPassesBeyondTheEndOfTheLineIsNotCounted() {
        Line half = new Line("half", new Point(0.5, 1), new Point(0.5, 0.7));
        Street street =
                Street.with(half)
                        .walk(straight(0, 0.5, 1, 0.5, 0, 8))
                        .walk(straight(0, 0.85, 1, 0.85, 0, 8));

        assertThat(directions(street.run(10))).containsExactly(Direction.IN);
    }

    @Test
    void whoeverSwaysOnTheLineCountsOnceWhenGoingOn() {
        Street swaying =
                Street.with(DOOR)
                        .walk(
                                time -> {
                                    double sway = 0.004 * Math.sin(3 * time);
                                    double x =
                                            time < 5
                                                    ? 0.1 * time
                                                    : time < 30 ? 0.5 : 0.5 + 0.1 * (time - 30);
                                    return Optional.of(new Point(x + sway, 0.8));
                                });

        assertThat(swaying.run(30)).isEmpty();
        assertThat(directions(swaying.run(4))).containsExactly(Direction.IN);
    }

    @Test
    void whoeverTurnsOnTheLineIsNotCounted() {
        Street street =
                Street.with(DOOR)
                        .walk(
                                time ->
                                        Optional.of(
                                                new Point(0.505 - 0.1 * Math.abs(time - 5), 0.8)));

        assertThat(street.run(10)).isEmpty();
    }

    @Test
    void whoeverComesBackCountsOnceEachWay() {
        Street street =
                Street.with(DOOR)
                        .walk(time -> Optional.of(new Point(0.7 - 0.1 * Math.abs(time - 6), 0.8)));

        assertThat(directions(street.run(12))).containsExactly(Direction.IN, Direction.OUT);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.04, 0.06})
    void whoeverPacesUpAndDownOverTheLineCountsOnceAndTheWayItGoesOn(double pace) {
        Street on = Street.with(DOOR).walk(pacing(pace, 1));
        Street back = Street.with(DOOR).walk(pacing(pace, -1));

        assertThat(directions(on.run(45))).containsExactly(Direction.IN);
        assertThat(directions(back.run(45))).isIn(List.of(), List.of(Direction.IN, Direction.OUT));
    }

    /** Comes from the left, goes to and fro over the line, and goes on to the right or back. */
    private static Street.Walk pacing(double pace, int way) {
        double end = 5 + 10 * Math.PI;
        return time -> {
            double x =
                    time < 5
                            ? 0.1 * time
                            : time < end
                                    ? 0.5 + pace * Math.sin(2 * (time - 5))
                                    : 0.5 + way * 0.1 * (time - end);
            return Optional.of(new Point(x, 0.8));
        };
    }

    @Test
    void whoeverTurnsRightBehindTheLineAndVanishesBeforeItHasGoneBack() {
        Street street =
                Street.with(DOOR)
                        .walk(
                                time ->
                                        time > 6.3
                                                ? Optional.empty()
                                                : Optional.of(
                                                        new Point(
                                                                0.535 - 0.1 * Math.abs(time - 5.5),
                                                                0.8)));

        assertThat(directions(street.run(15))).containsExactly(Direction.IN, Direction.OUT);
    }

    @Test
    void twoLinesCloseTogetherAreBothCrossed() {
        Line second = new Line("second", new Point(0.52, 1), new Point(0.52, 0));
        Street street = new Street(Street.settings(List.of(DOOR, second), List.of()));
        street.walk(straight(0, 0.8, 1, 0.8, 0, 8));

        assertThat(street.run(10))
                .extracting(event -> event.line().orElseThrow())
                .containsExactly("door", "second");
    }

    @Test
    void whoeverStoodOnTheLineOutOfSightForLongAndGoesOnIsCounted() throws Exception {
        Street street =
                Street.with(DOOR)
                        .walk(
                                time -> {
                                    double x =
                                            time < 5
                                                    ? 0.1 * time
                                                    : time < 120 ? 0.5 : 0.5 + 0.1 * (time - 120);
                                    return time > 15 && time < 120.3
                                            ? Optional.empty()
                                            : Optional.of(new Point(x, 0.8));
                                });

        assertThat(street.run(100)).isEmpty();
        swapThroughJson(street, street.anotherCounter(street.settings()));
        List<Event> events = street.run(25);

        assertThat(directions(events)).containsExactly(Direction.IN);
        assertThat(events.get(0).track()).hasValue(2);
    }

    @Test
    void whoeverAppearsFarFromWhereSomebodyStoodIsSomebodyElse() {
        Street street =
                Street.with(DOOR)
                        .walk(
                                time ->
                                        time < 5
                                                ? Optional.of(new Point(0.1 * time, 0.8))
                                                : time < 12
                                                        ? Optional.of(new Point(0.5, 0.8))
                                                        : Optional.empty())
                        .walk(straight(0.65, 0.8, 1, 0.8, 90, 95));

        assertThat(street.run(100)).isEmpty();
    }

    @Test
    void aStateOfAnOlderCounterIsReadAndGoneOnFrom() throws Exception {
        String old =
                """
                {"version":1,"overcrowded":[],"subjects":[{"track":1,"label":"person","unseen":0.0,
                "patience":3.0,"zones":[],"lines":[{"line":"door Point[x=0.5, y=1.0] Point[x=0.5,                 y=0.0]","side":-1,"through":false,"x":0.5333333,"y":0.8}]}]}
                """;
        Street street = Street.with(DOOR).walk(straight(0.4, 0.8, 1, 0.8, 0, 6));
        Counter counter = street.anotherCounter(street.settings());

        counter.restore(new ObjectMapper().readValue(old, CounterState.class));
        street.swap(street.tracker(), counter);

        assertThat(directions(street.run(8))).containsExactly(Direction.IN);
    }

    @ParameterizedTest
    @ValueSource(doubles = {5, 10})
    void aPillarOnTheLineHidesNobodyFromTheCount(double fps) {
        Street street =
                Street.with(DOOR)
                        .at(fps)
                        .walk(behindAPillar(straight(0, 0.8, 1, 0.8, 0, 8), 3.2, 4.7))
                        .walk(behindAPillar(straight(1, 0.8, 0, 0.8, 12, 20), 15.3, 16.8));

        assertThat(directions(street.run(22))).containsExactly(Direction.IN, Direction.OUT);
    }

    private static Street.Walk behindAPillar(Street.Walk walk, double from, double to) {
        return time -> time > from && time < to ? Optional.empty() : walk.apply(time);
    }

    @ParameterizedTest
    @ValueSource(doubles = {5, 10})
    void groupsThatPassEachOtherAreCountedInFull(double fps) {
        Street street = Street.with(DOOR).at(fps);
        for (int i = 0; i < 4; i++) {
            street.walk(straight(0, 0.5, 1, 0.5, 1 + 1.5 * i, 9 + 1.5 * i));
            street.walk(straight(1, 0.9, 0, 0.9, 2 + 1.5 * i, 9.5 + 1.5 * i));
        }

        List<Event> events = street.run(20);

        assertThat(directions(events)).filteredOn(Direction.IN::equals).hasSize(4);
        assertThat(directions(events)).filteredOn(Direction.OUT::equals).hasSize(4);
    }

    @Test
    void twoWhoMeetOnTheLineAreCountedEachTheirWay() {
        Street street =
                Street.with(DOOR)
                        .walk(straight(0, 0.8, 1, 0.8, 0, 8))
                        .walk(straight(1, 0.83, 0, 0.83, 0, 8));

        assertThat(directions(street.run(9)))
                .containsExactlyInAnyOrder(Direction.IN, Direction.OUT);
    }

    @Test
    void droppedFramesChangeNothing() {
        Random random = new Random(5);
        Street street =
                Street.with(DOOR)
                        .dropping(time -> random.nextInt(10) < 4)
                        .walk(straight(0, 0.8, 1, 0.8, 0, 8))
                        .walk(straight(1, 0.5, 0, 0.5, 3, 11));

        assertThat(directions(street.run(12))).containsExactly(Direction.IN, Direction.OUT);
    }

    @Test
    void aGapInTheFramesRightOnTheLineChangesNothing() {
        Street street =
                Street.with(DOOR)
                        .dropping(time -> time > 3.6 && time < 4.8)
                        .walk(straight(0, 0.8, 1, 0.8, 0, 8));

        assertThat(directions(street.run(10))).containsExactly(Direction.IN);
    }

    @Test
    void whoeverRunsIsCountedByTheWayBetweenTwoFrames() {
        // Six metres a second: two thirds of a body height, two body widths, between two frames.
        Street street = Street.with(DOOR).at(5).walk(straight(-0.2, 0.8, 1.2, 0.8, 1, 3.7));

        assertThat(directions(street.run(5))).containsExactly(Direction.IN);
    }

    @Test
    void whoeverAppearsCloseToTheLineIsCounted() {
        Street street = Street.with(DOOR).walk(straight(0.46, 0.8, 1, 0.8, 1, 5));

        assertThat(directions(street.run(6))).containsExactly(Direction.IN);
    }

    @Test
    void whatIsNotAskedForIsNotCounted() {
        Street street = new Street(Street.settings(List.of(DOOR), List.of()));
        Counter cars =
                street.anotherCounter(
                        new io.visionops.api.camera.DetectionSettings(
                                10,
                                640,
                                "auto",
                                java.util.Set.of("car"),
                                0.5,
                                List.of(DOOR),
                                List.of(),
                                List.of()));
        street.swap(street.tracker(), cars);
        street.walk(straight(0, 0.8, 1, 0.8, 0, 8));

        assertThat(street.run(10)).isEmpty();
    }

    @Test
    void aSwapOnTheLineLosesAndDoublesNothing() throws Exception {
        for (double swapAt = 3; swapAt < 5; swapAt += 0.1) {
            Street street = Street.with(DOOR).walk(straight(0, 0.8, 1, 0.8, 0, 8));
            List<Event> before = street.run(swapAt);

            swapThroughJson(street, street.anotherCounter(street.settings()));
            List<Event> after = street.run(10 - swapAt);

            assertThat(before.size() + after.size()).isEqualTo(1);
            assertThat(street.tracker().save().nextId()).isEqualTo(2);
        }
    }

    @Test
    void aLineThatIsMovedAcrossSomeoneCountsNobody() throws Exception {
        Street street = Street.with(DOOR).walk(straight(0, 0.8, 0.4, 0.8, 0, 4));
        street.walk(time -> time > 4 ? Optional.of(new Point(0.4, 0.8)) : Optional.empty());
        street.run(4);
        Line moved = new Line("door", new Point(0.3, 1), new Point(0.3, 0));

        swapThroughJson(street, street.anotherCounter(Street.settings(List.of(moved), List.of())));

        assertThat(street.run(4)).isEmpty();
    }

    private static void swapThroughJson(Street street, Counter fresh) throws Exception {
        ObjectMapper json = new ObjectMapper();
        String tracks = json.writeValueAsString(street.tracker().save());
        String counts = json.writeValueAsString(street.counter().save());
        Tracker tracker = new Tracker(0.5, Street.ASPECT);
        tracker.restore(json.readValue(tracks, TrackerState.class));
        fresh.restore(json.readValue(counts, CounterState.class));
        street.swap(tracker, fresh);
    }

    private static List<Direction> directions(List<Event> events) {
        assertThat(events).allMatch(event -> event.type() == Event.Type.CROSSING);
        return events.stream().map(event -> event.direction().orElseThrow()).toList();
    }
}
