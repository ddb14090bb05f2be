package io.visionops.store.internal.read;

import static io.visionops.store.internal.TestStore.NOON;
import static io.visionops.store.internal.TestStore.crossing;
import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Fact;
import io.visionops.api.query.EventQuery;
import io.visionops.api.query.RecordQuery;
import io.visionops.api.subject.Subject;
import io.visionops.store.internal.TestStore;
import io.visionops.store.internal.count.CameraTime;
import io.visionops.store.internal.count.CameraTimeline;
import io.visionops.store.internal.count.Extent;
import io.visionops.store.internal.count.KnownCameras;
import io.visionops.store.internal.count.LineReader;
import io.visionops.store.internal.count.MetricReader;
import io.visionops.store.internal.count.ZoneReader;
import io.visionops.store.internal.coverage.SpanTable;
import io.visionops.store.internal.sqlite.RowChecksum;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No query walks a whole table: each would be fast on the day it is written and slow in a year. */
class QueryPlanTest {

    private static final Optional<String> ANY = Optional.empty();

    @TempDir static Path folder;
    private static TestStore store;

    @BeforeAll
    static void fill() throws SQLException {
        store = new TestStore(folder);
        for (int i = 0; i < 300; i++) {
            String camera = "camera" + i % 3;
            Event event = crossing(camera, NOON.plusSeconds(60L * i), "door", "person");
            store.append(
                    Entry.of(
                            event,
                            new Fact.Crossing(
                                    camera, event.time(), "door", "person", Event.Direction.IN)));
        }
        try (Connection connection = store.open();
                Statement statement = connection.createStatement()) {
            statement.execute("ANALYZE");
        }
    }

    @AfterAll
    static void close() {
        store.close();
    }

    static List<EventQuery> queries() {
        List<EventQuery> queries = new ArrayList<>();
        Optional<String> one = Optional.of("camera1");
        for (Optional<String> text : List.of(ANY, Optional.of("door"))) {
            queries.add(query(ANY, ANY, ANY, ANY, text));
            queries.add(query(one, ANY, ANY, ANY, text));
            queries.add(query(ANY, one, ANY, ANY, text));
            queries.add(query(ANY, ANY, one, ANY, text));
            queries.add(query(ANY, ANY, ANY, one, text));
            queries.add(query(one, one, one, one, text));
        }
        return queries;
    }

    @ParameterizedTest
    @MethodSource("queries")
    void eventsAreFoundByAnIndexAndComeInOrder(EventQuery query) throws SQLException {
        String plan = plan(new EventReader().select(query).sql());

        assertIndexed(plan);
        assertThat(plan).doesNotContain("TEMP B-TREE");
    }

    @Test
    void recordsAreFoundByAnIndexAndComeInOrder() throws SQLException {
        Optional<Subject> subject = Optional.of(Subject.part("ingest"));
        for (Optional<String> kind : List.of(ANY, Optional.of("audit"))) {
            for (Optional<Subject> about : List.of(Optional.<Subject>empty(), subject)) {
                RecordQuery query =
                        new RecordQuery(
                                kind,
                                about,
                                Optional.of(NOON),
                                Optional.empty(),
                                10,
                                Optional.empty());
                String plan = plan(new RecordReader().select(query).sql());

                assertIndexed(plan);
                assertThat(plan).doesNotContain("TEMP B-TREE");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                LineReader.MINUTES,
                LineReader.DAYS,
                LineReader.FIRST,
                LineReader.LAST,
                ZoneReader.MINUTES,
                ZoneReader.DAYS,
                ZoneReader.FIRST,
                ZoneReader.LAST,
                SpanTable.TOUCHING,
                SpanTable.FROM_BEFORE,
                CameraTime.DAYS,
                Extent.LAST_ANALYSED,
                CameraTimeline.EXPECTED,
                MetricReader.HOURS,
                MetricReader.MEAN,
                HistoryReader.SELECT,
                HistoryReader.NEXT,
                TrackReader.SELECT,
                SnapshotReader.SELECT,
                CheckpointStore.OF_OWNER
            })
    void otherRowsAreFoundByAnIndex(String sql) throws SQLException {
        assertIndexed(plan(sql));
    }

    @Test
    void camerasAndTheirBeginningsAreFoundByAnIndex() throws SQLException {
        for (List<String> queries : List.of(KnownCameras.NAMES, KnownCameras.FIRST)) {
            for (String sql : queries) {
                assertIndexed(plan(sql));
            }
        }
    }

    private static void assertIndexed(String plan) {
        assertThat(plan.lines())
                .isNotEmpty()
                .noneMatch(step -> step.startsWith("SCAN") && !step.contains("VIRTUAL TABLE"));
    }

    private static String plan(String sql) throws SQLException {
        try (Connection connection = store.open()) {
            RowChecksum.offerTo(connection);
            try (PreparedStatement statement =
                            connection.prepareStatement("EXPLAIN QUERY PLAN " + sql);
                    ResultSet row = statement.executeQuery()) {
                StringBuilder plan = new StringBuilder();
                while (row.next()) {
                    plan.append(row.getString(4)).append('\n');
                }
                return plan.toString();
            }
        }
    }

    private static EventQuery query(
            Optional<String> camera,
            Optional<String> label,
            Optional<String> line,
            Optional<String> zone,
            Optional<String> text) {
        return new EventQuery(
                camera,
                Optional.empty(),
                Optional.empty(),
                label,
                line,
                zone,
                Optional.of(NOON),
                Optional.of(NOON.plusSeconds(3600)),
                text,
                100,
                Optional.empty());
    }
}
