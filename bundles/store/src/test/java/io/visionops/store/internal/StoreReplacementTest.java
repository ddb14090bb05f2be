package io.visionops.store.internal;

import static io.visionops.store.internal.TestStore.NOON;
import static io.visionops.store.internal.TestStore.all;
import static io.visionops.store.internal.TestStore.cameraState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.visionops.api.database.DatabaseCopies;
import io.visionops.api.database.DatabaseMerge;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreReplacementTest {

    @TempDir Path folder;
    private FakeFramework framework;
    private StoreComponent component;
    private StoreReplacement replacement;

    @BeforeEach
    void open() {
        framework = new FakeFramework(Map.of("visionops.data", folder.toString()));
        component = framework.component(FakeFramework.config(Map.of()));
        replacement = new StoreReplacement(component, Clock.fixed(NOON, ZoneOffset.UTC));
        await().until(() -> framework.service(Journal.class).isPresent());
    }

    @AfterEach
    void close() {
        component.deactivate();
    }

    @Test
    void theOtherDatabaseIsInUseWithWhatWasWrittenSince() throws Exception {
        write("before");
        Path copy = folder.resolve("copy.db");
        framework.service(DatabaseCopies.class).orElseThrow().copyTo(copy);
        write("after");

        DatabaseMerge merge = replacement.replaceWith(copy);

        assertThat(merge.trouble()).isEmpty();
        assertThat(merge.merged()).containsEntry("events", 1L);
        assertThat(merge.setAside())
                .hasValue(folder.resolve("quarantine/database-20260601T120000.000Z"));
        await().until(() -> framework.service(Journal.class).isPresent());
        write("later");
        component.deactivate();
        try (TestStore again = new TestStore(folder)) {
            assertThat(again.reader().events(all(10)).events()).hasSize(3);
        }
    }

    @Test
    void aDatabaseThatIsRefusedIsUndoneAndTheFormerGoesOn() throws Exception {
        write("before");
        Path foreign = folder.resolve("foreign.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + foreign);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE customers (name TEXT)");
        }

        assertThatThrownBy(() -> replacement.replaceWith(foreign))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another program");

        await().until(() -> framework.service(Journal.class).isPresent());
        write("after");
        component.deactivate();
        try (TestStore again = new TestStore(folder)) {
            assertThat(again.reader().events(all(10)).events()).hasSize(2);
        }
    }

    @Test
    void aFileThatIsNotThereChangesNothing() throws Exception {
        write("before");

        assertThatThrownBy(() -> replacement.replaceWith(folder.resolve("absent.db")))
                .isInstanceOf(IOException.class);

        await().until(() -> framework.service(Journal.class).isPresent());
        component.deactivate();
        try (TestStore again = new TestStore(folder)) {
            assertThat(again.reader().events(all(10)).events()).hasSize(1);
        }
        assertThat(Files.exists(folder.resolve("visionops.db.replaced"))).isFalse();
    }

    private void write(String detail) {
        Journal journal = framework.service(Journal.class).orElseThrow();
        TestStore.await(journal.append(Entry.of(cameraState("gate", NOON, detail))));
    }
}
