package io.visionops.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.database.DatabaseMaintenance;
import io.visionops.api.geometry.Box;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Fact;
import io.visionops.api.journal.Severity;
import io.visionops.api.query.CountQuery;
import io.visionops.api.query.Coverage;
import io.visionops.api.query.CoverageQuery;
import io.visionops.api.query.EventPage;
import io.visionops.api.query.EventQuery;
import io.visionops.api.query.FrameTracks;
import io.visionops.api.query.JournalReadException;
import io.visionops.api.query.JournalReader;
import io.visionops.api.query.LineCount;
import io.visionops.api.query.TrackQuery;
import io.visionops.api.query.ZoneCount;
import io.visionops.api.subject.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JournalCommandsTest extends ShellTest {

    private static final Instant TEN = Instant.parse("2026-01-01T10:00:00Z");
    private static final Instant ELEVEN = Instant.parse("2026-01-01T11:00:00Z");

    private final FakeJournalReader reader = new FakeJournalReader();

    @BeforeEach
    void offer() {
        console.offer(JournalReader.class, reader);
        reader.lines =
                List.of(
                        line(Event.Direction.IN, OptionalLong.of(3), 0.98765),
                        line(Event.Direction.OUT, OptionalLong.empty(), 0));
        reader.zones =
                List.of(
                        new ZoneCount(
                                "front",
                                "till",
                                "person",
                                OptionalDouble.of(1.23456),
                                OptionalInt.of(4),
                                TEN,
                                ELEVEN,
                                1),
                        new ZoneCount(
                                "front",
                                "till",
                                "moving",
                                OptionalDouble.empty(),
                                OptionalInt.empty(),
                                TEN,
                                ELEVEN,
                                0));
    }

    private static LineCount line(Event.Direction way, OptionalLong count, double coverage) {
        return new LineCount("front", "door", "person", way, count, TEN, ELEVEN, coverage);
    }

    private static final String LINES =
            """
            {"camera":"front","line":"door","label":"person","direction":"in","count":3,\
            "from":"2026-01-01T10:00:00.000Z","to":"2026-01-01T11:00:00.000Z","coverage":0.9877},\
            {"camera":"front","line":"door","label":"person","direction":"out","count":null,\
            "from":"2026-01-01T10:00:00.000Z","to":"2026-01-01T11:00:00.000Z","coverage":0.0}""";

    private static final String ZONES =
            """
            {"camera":"front","zone":"till","label":"person","occupancyMean":1.235,\
            "occupancyMax":4,"from":"2026-01-01T10:00:00.000Z","to":"2026-01-01T11:00:00.000Z",\
            "coverage":1.0},\
            {"camera":"front","zone":"till","label":"moving","occupancyMean":null,\
            "occupancyMax":null,"from":"2026-01-01T10:00:00.000Z",\
            "to":"2026-01-01T11:00:00.000Z","coverage":0.0}""";

    private final FakeMaintenance maintenance = new FakeMaintenance();

    @Test
    void countsAsJsonAreLinesThenZones() {
        assertThat(console.run("counts --json")).isEqualTo("[" + LINES + "," + ZONES + "]\n");
        assertThat(console.run("counts --line door --json")).isEqualTo("[" + LINES + "]\n");
        assertThat(console.run("counts --zone till --json")).isEqualTo("[" + ZONES + "]\n");
        assertThat(console.run("counts --zone till --line door --json"))
                .isEqualTo("[" + LINES + "," + ZONES + "]\n");
    }

    @Test
    void countsAsTableSayWhatIsUnknown() {
        assertThat(console.run("counts").lines())
                .anyMatch(row -> row.matches(".*front .*door .*person .*in .* 3 .*98 %.*"))
                .anyMatch(row -> row.matches(".*front .*door .*person .*out .*unknown .* 0 %.*"))
                .anyMatch(row -> row.matches(".*front .*till .*person .*1.235 .* 4 .*100 %.*"))
                .anyMatch(
                        row -> row.matches(".*front .*till .*moving .*unknown .*unknown .* 0 %.*"));
        reader.lines = List.of();
        reader.zones = List.of();
        assertThat(console.run("counts")).contains("no counts");
        assertThat(console.run("counts --json")).isEqualTo("[]\n");
    }

    @Test
    void countsPassTheQueryOn() {
        console.run(
                "counts --camera front --line door --label person --from 2h --to 2026-01-01T11:30"
                        + " --interval 15m");

        assertThat(reader.queries)
                .containsExactly(
                        new CountQuery(
                                Optional.of("front"),
                                Optional.of("door"),
                                Optional.of("person"),
                                Optional.of(TEN),
                                Optional.of(Instant.parse("2026-01-01T11:30:00Z")),
                                CountQuery.Interval.QUARTER));
    }

    @Test
    void countsAskForEverythingByDefault() {
        console.run("counts");

        CountQuery all =
                new CountQuery(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        CountQuery.Interval.ALL);
        assertThat(reader.queries).containsExactly(all, all);
    }

    private void coverage() {
        reader.coverage =
                List.of(
                        new Coverage(
                                "front",
                                TEN,
                                ELEVEN,
                                Duration.ofHours(1),
                                Duration.ofMinutes(40),
                                Map.of("late", Duration.ofMinutes(10)),
                                0.5,
                                Map.of(
                                        "timeout",
                                        Duration.ofSeconds(90),
                                        "not-running",
                                        Duration.ofSeconds(510))),
                        new Coverage(
                                "yard",
                                TEN,
                                ELEVEN,
                                Duration.ZERO,
                                Duration.ZERO,
                                Map.of(),
                                1,
                                Map.of()));
    }

    @Test
    void coverageAsJson() {
        coverage();

        assertThat(console.run("coverage --json"))
                .isEqualTo(
                        """
                        [{"camera":"front","from":"2026-01-01T10:00:00.000Z",\
                        "to":"2026-01-01T11:00:00.000Z","coverage":0.75,"expectedMs":3600000,\
                        "watchedMs":2400000,"degradedMs":{"late":600000},"degradedShare":0.5,\
                        "blindMs":{"not-running":510000,"timeout":90000}},\
                        {"camera":"yard","from":"2026-01-01T10:00:00.000Z",\
                        "to":"2026-01-01T11:00:00.000Z","coverage":null,"expectedMs":0,\
                        "watchedMs":0,"degradedMs":{},"degradedShare":null,"blindMs":{}}]
                        """);
    }

    @Test
    void coverageAsTableNamesTheLongestCauseFirst() {
        coverage();

        assertThat(console.run("coverage").lines())
                .anyMatch(
                        row ->
                                row.matches(
                                        ".*front .* 75 % .* 1h 0m .* 40m 0s .*late 10m 0s .* 50 %"
                                                + " .*not-running 8m 30s, timeout 1m 30s.*"))
                .anyMatch(row -> row.matches(".*yard .*not expected.*"));
        reader.coverage = List.of();
        assertThat(console.run("coverage")).contains("no camera has been expected yet");
    }

    @Test
    void coveragePassesTheQueryOn() {
        console.run("coverage --camera front --from 2h --to 1h --interval 1d");

        assertThat(reader.queries)
                .containsExactly(
                        new CoverageQuery(
                                Optional.of("front"),
                                Optional.of(TEN),
                                Optional.of(ELEVEN),
                                CountQuery.Interval.DAY));
    }

    private static Event crossing() {
        return new Event(
                new UUID(1, 2),
                Event.Type.CROSSING,
                Subject.camera("front"),
                Severity.INFO,
                Instant.parse("2026-01-01T10:00:00.123456Z"),
                Optional.of("person"),
                0.87654,
                OptionalLong.of(17),
                Optional.of(new Box(0.123456789, 0, 0.5, 1)),
                Optional.of("door"),
                Optional.empty(),
                Optional.of(Event.Direction.IN),
                "");
    }

    private static Event lost() {
        return new Event(
                new UUID(1, 1),
                Event.Type.CAMERA_STATE,
                Subject.camera("front"),
                Severity.INFO,
                TEN,
                Optional.empty(),
                0,
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "OFFLINE: caf\u00e9\u001b[1m");
    }

    private void twoEvents() {
        reader.page =
                new EventPage(
                        List.of(
                                new EventPage.Stored(crossing(), true),
                                new EventPage.Stored(lost(), false)),
                        Optional.of("c2"));
    }

    private static final String EVENTS =
            """
            {"events":[{"id":"00000000-0000-0001-0000-000000000002","type":"crossing",\
            "camera":"front","label":"person","score":0.877,"track":17,\
            "box":[0.12346,0.0,0.5,1.0],"time":"2026-01-01T10:00:00.123Z","line":"door",\
            "zone":null,"direction":"in","hasSnapshot":true,"detail":null,\
            "subject":"camera/front","severity":"info"},\
            {"id":"00000000-0000-0001-0000-000000000001","type":"camera-state",\
            "camera":"front","label":null,"score":null,"track":null,"box":null,\
            "time":"2026-01-01T10:00:00.000Z","line":null,"zone":null,"direction":null,\
            "hasSnapshot":false,"detail":"OFFLINE: caf\\u00E9\\u001B[1m",\
            "subject":"camera/front","severity":"info"}],"next":"c2"}
            """;

    @Test
    void eventsAsJson() {
        twoEvents();

        assertThat(console.run("events --json")).isEqualTo(EVENTS);
        assertThat(console.run("search door --json")).isEqualTo(EVENTS);
        reader.page = new EventPage(List.of(), Optional.empty());
        assertThat(console.run("events --json")).isEqualTo("{\"events\":[],\"next\":null}\n");
    }

    @Test
    void eventsAsTable() {
        twoEvents();

        assertThat(console.run("events").lines())
                .hasSize(5)
                .anyMatch(
                        row ->
                                row.matches(
                                        "2026-01-01 10:00:00.123[+]00 .*front .*crossing .*door in"
                                                + " .*person .*0.877 .*17 .*"))
                .anyMatch(row -> row.matches(".*camera-state .*OFFLINE: caf. \\[1m.*"))
                .endsWith("more with --cursor c2");
    }

    @Test
    void eventsPassTheQueryOn() {
        console.run(
                "events --camera front --label person --line door --zone till --from 1d --to 1h"
                        + " --limit 1000 --cursor c2");
        console.run("search two words --limit 7 --camera front");
        console.run("search 'one phrase' --from 2026-01-01");

        assertThat(reader.queries)
                .containsExactly(
                        new EventQuery(
                                Optional.of("front"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("person"),
                                Optional.of("door"),
                                Optional.of("till"),
                                Optional.of(Instant.parse("2025-12-31T12:00:00Z")),
                                Optional.of(ELEVEN),
                                Optional.empty(),
                                1000,
                                Optional.of("c2")),
                        new EventQuery(
                                Optional.of("front"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("two words"),
                                7,
                                Optional.empty()),
                        new EventQuery(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(Instant.parse("2026-01-01T00:00:00Z")),
                                Optional.empty(),
                                Optional.of("one phrase"),
                                50,
                                Optional.empty()));
    }

    @Test
    void tracksByFrame() {
        reader.tracks =
                List.of(
                        new FrameTracks(
                                "front",
                                12,
                                TEN,
                                List.of(
                                        new Fact.Tracked(
                                                17, "person", 0.9999, new Box(0.1, 0.2, 0.3, 0.4)),
                                        new Fact.Tracked(
                                                18, "moving", 0.5, new Box(-0.1, 0, 1, 1.1)))));

        assertThat(console.run("tracks --camera front --from 2h --json"))
                .isEqualTo(
                        """
                        [{"camera":"front","frame":12,"time":"2026-01-01T10:00:00.000Z",\
                        "tracks":[{"track":17,"label":"person","score":1.0,\
                        "box":[0.1,0.2,0.3,0.4]},{"track":18,"label":"moving","score":0.5,\
                        "box":[-0.1,0.0,1.0,1.1]}]}]
                        """);
        assertThat(console.run("tracks --camera front"))
                .containsPattern("12 .*17 .*person .*1.0 .*0.1, 0.2, 0.3, 0.4");
        assertThat(reader.queries)
                .containsExactly(
                        new TrackQuery("front", Optional.of(TEN), Optional.empty()),
                        new TrackQuery("front", Optional.empty(), Optional.empty()));
    }

    @Test
    void statisticsOfTheDatabase() {
        console.offer(DatabaseMaintenance.class, maintenance);

        assertThat(console.run("db-stats --json"))
                .isEqualTo(
                        """
                        {"file":"/data/visionops.db","bytes":12345678,"walBytes":1000000,\
                        "freeBytes":409600,"shrinks":false,"schemaVersion":3,\
                        "rows":{"counts":7,"events":42},"rowsPerHour":{"events":12.0},"queued":5,\
                        "commits":1000,"commitP50Ms":2.0,"commitP95Ms":4.57,"commitP99Ms":9.0,\
                        "rejected":1,"clockTrouble":null,"reserve":true,"lastMaintenance":null,\
                        "lastCheck":"2026-01-01T10:00:00.000Z","lastFullCheck":null,\
                        "damage":["table events, row seq=7: its checksum does not hold"],\
                        "slowest":[{"sql":"SELECT 1","count":3,"meanMs":1.5,"longestMs":2.5}]}
                        """);
        assertThat(console.run("db-stats"))
                .containsPattern("size .*12.3 MB")
                .containsPattern("rows of events .*42, 12 an hour")
                .containsPattern("damage .*row seq=7")
                .containsPattern("read within 2.5 ms at most, 3 times .*SELECT 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "coverage --interval 2h#--interval 2h: must be one of 1m, 15m, 1h, 1d, all",
                "counts --interval 2h#--interval 2h: must be one of 1m, 15m, 1h, 1d, all",
                "counts --from 1h --to 2h#--from 1h: must be before --to 2h",
                "events --limit 0#--limit 0: must be a number from 1 to 1000",
                "events --limit 1001#--limit 1001: must be a number from 1 to 1000",
                "events --limit many#--limit many: must be a number from 1 to 1000",
                "search#search: TEXT is missing; it is search TEXT... [options]",
                "tracks#tracks: --camera is missing"
            })
    void aMistakeIsOneLineAndAsksNothing(String line, String said) {
        assertThat(console.fail(line)).isEqualTo(said + "\n");
        assertThat(reader.queries).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "counts",
                "coverage",
                "events",
                "search x",
                "tracks --camera front",
                "db-stats"
            })
    void aDatabaseThatCannotBeReadIsOneLine(String line) {
        console.offer(DatabaseMaintenance.class, maintenance);
        reader.broken = Optional.of(new JournalReadException("the file is locked\nby pid 7", null));
        assertThat(console.fail(line)).isEqualTo("the file is locked by pid 7\n");

        reader.broken = Optional.of(new IllegalArgumentException("--cursor %%%: is not one"));
        assertThat(console.fail(line)).isEqualTo("--cursor %%%: is not one\n");

        reader.broken = Optional.of(new IllegalStateException("closed"));
        assertThat(console.fail(line + " --json"))
                .isEqualTo("unexpected: closed; the log has more\n");
    }
}
