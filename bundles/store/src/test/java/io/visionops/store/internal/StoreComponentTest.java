package io.visionops.store.internal;

import static io.visionops.store.internal.TestStore.NOON;
import static io.visionops.store.internal.TestStore.all;
import static io.visionops.store.internal.TestStore.cameraState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.visionops.api.checkpoint.Checkpoint;
import io.visionops.api.checkpoint.CheckpointResult;
import io.visionops.api.checkpoint.Checkpoints;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Journal;
import io.visionops.api.query.JournalReader;
import io.visionops.api.subject.Actor;
import io.visionops.support.checkpoint.TimedCheckpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreComponentTest {

    @TempDir Path folder;

    @Test
    void theServicesComeWithTheDatabaseAndGoWithTheComponent() {
        FakeFramework framework = new FakeFramework(data(folder));

        StoreComponent component = framework.component(FakeFramework.config(Map.of()));
        awaitServices(framework);
        write(framework, "one");
        assertThat(folder.resolve("visionops.db")).exists();
        component.deactivate();

        assertThat(framework.services()).isZero();
        assertThat(folder.resolve("visionops.db-wal")).doesNotExist();
    }

    @Test
    void whatUsersWriteWhileTheServicesAreWithdrawnIsKept() {
        FakeFramework framework = new FakeFramework(data(folder));
        StoreComponent component = framework.component(FakeFramework.config(Map.of()));
        awaitServices(framework);
        Checkpoints checkpoints = framework.service(Checkpoints.class).orElseThrow();
        Journal journal = framework.service(Journal.class).orElseThrow();
        List<CompletableFuture<Void>> late = new ArrayList<>();
        framework.onWithdrawal(
                () -> {
                    late.add(journal.append(Entry.of(cameraState("gate", NOON, "late"))));
                    TestStore.await(checkpoints.save(new Checkpoint("a", 1, NOON, "{}")));
                });

        component.deactivate();
        late.forEach(TestStore::await);

        try (TestStore again = new TestStore(folder)) {
            assertThat(again.reader().events(all(10)).events()).hasSize(5);
            assertThat(again.checkpoints().latest("a")).isPresent();
        }
    }

    @Test
    void theDatabaseIsOpenedAnewWhenThatIsAskedForAndNothingIsLost() throws Exception {
        FakeFramework framework = new FakeFramework(data(folder));
        StoreComponent component = framework.component(FakeFramework.config(Map.of()));
        awaitServices(framework);
        write(framework, "before");
        Journal before = framework.service(Journal.class).orElseThrow();
        assertThat(component.state().orElseThrow().writer().orElseThrow().commits()).isEqualTo(1);

        assertThat(component.reopen(Duration.ofSeconds(20))).isTrue();

        awaitServices(framework);
        assertThat(framework.service(Journal.class)).isPresent().get().isNotSameAs(before);
        write(framework, "after");
        component.deactivate();
        assertThat(component.reopen(Duration.ofSeconds(20))).isFalse();
        assertThat(component.state()).isEmpty();
        try (TestStore again = new TestStore(folder)) {
            assertThat(again.reader().events(all(10)).events()).hasSize(2);
        }
    }

    @Test
    void whatIsAcceptedIsOnTheDiskAfterACheckpoint() {
        FakeFramework framework = new FakeFramework(data(folder));
        StoreComponent component = framework.component(FakeFramework.config(Map.of()));
        awaitServices(framework);
        Journal journal = framework.service(Journal.class).orElseThrow();
        List<CompletableFuture<Void>> writing = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            writing.add(journal.append(Entry.of(cameraState("gate", NOON, "number " + i))));
        }

        CheckpointResult result = checkpoint(component);

        assertThat(result).isEqualTo(CheckpointResult.committed("store"));
        assertThat(writing).allMatch(CompletableFuture::isDone);
        component.deactivate();
    }

    private static CheckpointResult checkpoint(StoreComponent component) {
        try (TimedCheckpoint action =
                StoreCheckpoint.action(component::flush, Duration.ofSeconds(20))) {
            return action.checkpoint("an update", Actor.user("anna"));
        }
    }

    @Test
    void whyTheDatabaseIsNotOpenIsToldWithoutOne() throws Exception {
        Path file = Files.createFile(folder.resolve("no-folder"));
        FakeFramework framework = new FakeFramework(data(file));
        StoreComponent component = framework.component(FakeFramework.config(Map.of()));

        await().until(() -> component.state().orElseThrow().trouble().isPresent());

        assertThat(component.state().orElseThrow().writer()).isEmpty();
        assertThat(checkpoint(component).failed().get("store"))
                .startsWith("the database is not open: ");
        component.deactivate();
    }

    @Test
    void anUpdateOfTheBundleLosesNothingThatWasAcknowledged() {
        FakeFramework framework = new FakeFramework(data(folder));
        for (int i = 0; i < 5; i++) {
            StoreComponent component = framework.component(FakeFramework.config(Map.of()));
            awaitServices(framework);
            write(framework, "before update " + i);
            component.deactivate();
        }

        try (TestStore again = new TestStore(folder)) {
            assertThat(again.reader().events(all(10)).events()).hasSize(5);
        }
    }

    @Test
    void theConfiguredFolderWinsAndMayBeChanged() {
        FakeFramework framework = new FakeFramework(data(folder.resolve("default")));
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");

        StoreComponent component = framework.component(config("folder", first));
        awaitServices(framework);
        write(framework, "in the first");
        component.configure(config("folder", second));
        awaitServices(framework);
        write(framework, "in the second");
        component.deactivate();

        assertThat(first.resolve("visionops.db")).exists();
        assertThat(second.resolve("visionops.db")).exists();
        assertThat(folder.resolve("default")).doesNotExist();
    }

    @Test
    void theZoneOfPeopleIsSetWhileAllGoesOnAndAWrongOneChangesNothing() {
        FakeFramework framework = new FakeFramework(data(folder));
        StoreComponent component =
                framework.component(FakeFramework.config(Map.of("timezone", " Asia/Kolkata ")));
        awaitServices(framework);
        JournalReader reader = framework.service(JournalReader.class).orElseThrow();
        assertThat(reader.zone()).isEqualTo(ZoneId.of("Asia/Kolkata"));

        component.configure(FakeFramework.config(Map.of("timezone", "Europe/Berlin")));
        assertThat(reader.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));

        component.configure(FakeFramework.config(Map.of("timezone", "Berlin")));
        assertThat(reader.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));

        component.configure(FakeFramework.config(Map.of()));
        assertThat(reader.zone()).isEqualTo(ZoneId.systemDefault());
        component.deactivate();
    }

    @Test
    void aFolderThatCannotBeOneIsRefusedAndTheLastGoodStays() {
        FakeFramework framework = new FakeFramework(data(folder));
        StoreComponent component = framework.component(FakeFramework.config(Map.of()));
        awaitServices(framework);

        component.configure(FakeFramework.config(Map.of("folder", "a\u0000b")));

        write(framework, "still there");
        component.deactivate();
    }

    @Test
    void otherConfigurationIsTakenWithoutClosingTheDatabase() {
        FakeFramework framework = new FakeFramework(data(folder));
        StoreComponent component = framework.component(FakeFramework.config(Map.of()));
        awaitServices(framework);
        JournalReader before = framework.service(JournalReader.class).orElseThrow();

        component.configure(FakeFramework.config(Map.of("tracks_retention", "3d")));
        component.configure(FakeFramework.config(Map.of("tracks_retention", "soon")));

        assertThat(framework.service(JournalReader.class)).containsSame(before);
        component.deactivate();
    }

    @Test
    void withoutADataFolderThereAreNoServicesAndNoFailure() {
        FakeFramework framework = new FakeFramework(Map.of());

        StoreComponent component = framework.component(FakeFramework.config(Map.of()));
        component.deactivate();

        assertThat(framework.services()).isZero();
    }

    private static void awaitServices(FakeFramework framework) {
        await().atMost(20, TimeUnit.SECONDS).until(() -> framework.services() == 5);
    }

    private static void write(FakeFramework framework, String detail) {
        Journal journal = framework.service(Journal.class).orElseThrow();
        TestStore.await(journal.append(Entry.of(cameraState("gate", NOON, detail))));
    }

    private static Map<String, String> data(Path folder) {
        return Map.of("visionops.data", folder.toString());
    }

    private static StoreConfig config(String key, Path value) {
        return FakeFramework.config(Map.of(key, value.toString()));
    }
}
