package io.visionops.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Fact;
import io.visionops.api.time.Ticker;
import io.visionops.store.internal.integrity.IntegrityState;
import io.visionops.store.internal.maintenance.UpkeepSettings;
import io.visionops.store.internal.picture.PictureKeys;
import io.visionops.store.internal.sqlite.WriteConnection;
import io.visionops.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(40)
class OpenStoreTest {

    @TempDir Path folder;

    private final Clock clock = new ManualClock(Instant.parse("2026-06-01T12:00:00Z"));
    private final CompletableFuture<StoreServices> offered = new CompletableFuture<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<Long> commits = new CopyOnWriteArrayList<>();
    private WriteConnection connection;
    private OpenStore open;

    @BeforeEach
    void open() throws Exception {
        IntegrityState integrity = new IntegrityState(folder);
        StoreContext context =
                new StoreContext(
                        folder,
                        () -> RetentionPolicy.DEFAULT,
                        () -> ZoneOffset.UTC,
                        () -> UpkeepSettings.DEFAULT,
                        PictureKeys.ofTheirOwn(),
                        clock,
                        Ticker.system());
        connection = new DatabaseOpening(folder, integrity, clock, Ticker.system()).open();
        open = new OpenStore(context, connection, integrity, commits::add);
    }

    @AfterEach
    void close() throws Exception {
        open.close();
        connection.close();
    }

    private Runnable publish(StoreServices services) {
        offered.complete(services);
        return () -> told.add("withdrawn");
    }

    private StoreServices services() throws Exception {
        return offered.get(20, TimeUnit.SECONDS);
    }

    @Test
    void theServicesAreOfferedAtTheStartAndWithdrawnAtTheEndOfTheSession() throws Exception {
        open.start(this::publish, Optional::empty);
        assertThat(services().journal()).isSameAs(open.session().writer());
        assertThat(told).isEmpty();

        open.session().end();

        // One that ends while they are being offered has the one who offers them withdraw them.
        await().untilAsserted(() -> assertThat(told).containsExactly("withdrawn"));
        assertThat(open.write()).isTrue();
    }

    @Test
    void whatWasAcceptedBeforeTheEndOfTheSessionIsWritten() throws Exception {
        open.start(this::publish, Optional::empty);
        CompletableFuture<Void> done =
                services()
                        .journal()
                        .append(
                                Entry.of(
                                        UUID.randomUUID(),
                                        new Fact.Expected("front", clock.instant(), true)));
        open.session().end();

        assertThat(open.write()).isTrue();

        assertThat(done).isCompleted();
        assertThat(commits).isNotEmpty();
    }

    @Test
    void aRepairIsToldToTheJournalOfTheDatabaseThatCameOfIt() throws Exception {
        open.start(this::publish, () -> Optional.of("two rows were lost"));
        StoreServices services = services();
        open.session().end();
        open.write();

        assertThat(services.reader().events(TestStore.all(10)).toString())
                .contains("two rows were lost");
    }
}
