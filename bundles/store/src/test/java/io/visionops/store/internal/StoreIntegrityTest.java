package io.visionops.store.internal;

import static io.visionops.store.internal.TestStore.NOON;
import static io.visionops.store.internal.TestStore.all;
import static io.visionops.store.internal.TestStore.crossing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.visionops.api.database.IntegrityResult;
import io.visionops.api.journal.Entry;
import io.visionops.api.query.EventPage;
import io.visionops.api.query.RecordQuery;
import io.visionops.api.subject.Actor;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Damage that is found in an open database. */
@Tag("slow")
class StoreIntegrityTest extends StoreRig {

    private static final Actor ANNA = Actor.user("anna");

    private void writeAndDamage() throws SQLException {
        for (int i = 0; i < 20; i++) {
            store.append(Entry.of(crossing("gate", NOON.plusSeconds(i), "door", "person")));
        }
        try (Connection connection = store.open();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "UPDATE events SET score = 0.5 WHERE seq = (SELECT max(seq) FROM events)");
        }
    }

    private List<String> told(String type) {
        return store.reader().events(all(100)).events().stream()
                .map(EventPage.Stored::event)
                .filter(event -> event.type().word().equals(type))
                .map(event -> event.detail())
                .toList();
    }

    @Test
    void aDamagedRowIsToldAndTheDatabaseIsMadeAnewOfTheOthers() throws Exception {
        writeAndDamage();

        IntegrityResult result = store.maintenance().check(false, ANNA, progress -> {});

        assertThat(result.damage()).hasSize(1);
        store.awaitReopened();
        assertThat(told("database-damaged"))
                .hasSize(1)
                .allMatch(words -> words.contains("table events, row seq="));
        await().atMost(20, TimeUnit.SECONDS).until(() -> told("database-repaired").size() == 1);
        assertThat(told("database-repaired"))
                .allMatch(words -> words.contains("1 were damaged and left out"));
        assertThat(store.reader().statistics().rows()).containsEntry("events", 21L);
        assertThat(store.reader().records(integrity()).records())
                .hasSize(1)
                .allMatch(one -> one.entry().actor().equals(ANNA))
                .allMatch(one -> one.entry().body().contains("\"good\":false"));
        assertThat(store.maintenance().check(true, ANNA, progress -> {}).damage()).isEmpty();
        assertThat(folder.resolve("quarantine")).isDirectory();
    }

    @Test
    void aDamagedRowIsNotGivenOutAndWhoMeetsItHasTheDatabaseMadeAnew() throws Exception {
        writeAndDamage();

        assertThat(store.reader().events(all(100)).events()).hasSize(19);
        store.awaitReopened();
        await().atMost(20, TimeUnit.SECONDS).until(() -> told("database-repaired").size() == 1);
        assertThat(told("database-damaged")).hasSize(1);
    }

    @Test
    void whatIsDamagedAgainSoonIsMadeAnewOnlyWhenItIsOpenedAgain() throws Exception {
        writeAndDamage();
        store.maintenance().check(false, ANNA, progress -> {});
        store.awaitReopened();
        writeAndDamage();

        store.maintenance().check(false, ANNA, progress -> {});

        assertThat(store.maintenance().figures().damage()).hasSize(1);
        store.close();
        store = new TestStore(folder);
        await().atMost(20, TimeUnit.SECONDS).until(() -> !told("database-repaired").isEmpty());
        assertThat(store.maintenance().figures().damage()).isEmpty();
        assertThat(store.maintenance().check(true, ANNA, progress -> {}).damage()).isEmpty();
    }

    private static RecordQuery integrity() {
        return new RecordQuery(
                Optional.of("integrity"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                10,
                Optional.empty());
    }
}
