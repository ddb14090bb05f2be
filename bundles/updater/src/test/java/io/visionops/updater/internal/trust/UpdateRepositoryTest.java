package io.visionops.updater.internal.trust;

import static io.visionops.updater.internal.trust.ForgedRepository.NOW;
import static io.visionops.updater.internal.trust.ForgedRepository.sign;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.updater.internal.metadata.Release;
import io.visionops.updater.internal.metadata.ReleaseFile;
import io.visionops.updater.internal.metadata.RepositoryException;
import io.visionops.updater.internal.metadata.RepositoryException.Reason;
import io.visionops.updater.internal.metadata.Role;
import io.visionops.updater.internal.source.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Time, mirrors and damaged files. */
class UpdateRepositoryTest {

    private static final Duration VALID = Duration.ofDays(30);

    @TempDir private Path folder;

    @Test
    void anUnchangedTimestampThatHasExpiredIsRefused() throws Exception {
        Victim victim = new Victim(folder);
        victim.clock.advance(VALID);

        victim.refuses(Reason.EXPIRED);

        assertThat(victim.client.verified()).isEmpty();
    }

    @Test
    void aSecondBeforeItIsNot() throws Exception {
        Victim victim = new Victim(folder);
        victim.clock.advance(VALID.minusSeconds(1));

        assertThat(victim.client.refresh()).isEqualTo(victim.installed);
        assertThat(victim.client.verified()).contains(victim.installed);
    }

    @ParameterizedTest
    @EnumSource
    void newMetadataThatHasExpiredIsRefused(Role role) throws Exception {
        Victim victim = new Victim(folder);
        Map<String, byte[]> honest = victim.honest();
        victim.repository.forge(
                role,
                form -> {
                    form.put("expires", NOW.toString());
                    return sign(form, victim.repository.of(role));
                });

        victim.refusesAndMayKeepRoots(Reason.EXPIRED);
        if (role != Role.ROOT) {
            victim.isAsBefore(honest);
        }
    }

    @Test
    void aClockThatWasSetBackMakesNothingValidAgain() throws Exception {
        Victim victim = new Victim(folder);
        victim.clock.advance(Duration.ofDays(29));
        victim.client.refresh();
        victim.repository.forge(
                Role.TIMESTAMP,
                form -> {
                    form.put("expires", NOW.plus(Duration.ofDays(28)).toString());
                    return sign(form, victim.repository.of(Role.TIMESTAMP));
                });

        victim.clock.jump(Duration.ofDays(-20_000));

        assertThat(victim.client.clockBehind()).isEqualTo(Duration.ofDays(20_000));
        victim.refuses(Reason.EXPIRED);
    }

    @Test
    void aClockBeforeTheBuildCountsAsTheBuild() throws Exception {
        ForgedRepository repository = new ForgedRepository();
        repository.expiresAt(Victim.BUILT.minusSeconds(1));
        Files.write(
                folder.resolve("pinned.root.json"),
                sign(repository.rootForm(), repository.of(Role.ROOT)));
        repository.publish(repository.release(1));
        UpdateRepository client =
                new UpdateRepository(
                        folder.resolve("trust"),
                        folder.resolve("pinned.root.json"),
                        repository,
                        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
                        new ProductIdentity("visionops", "linux-x86_64", Victim.BUILT));

        refused(client, Reason.EXPIRED);
    }

    @Test
    void aClockThatWasAheadForAWhileLeavesNothingBehind() throws Exception {
        Victim victim = new Victim(folder);
        victim.clock.jump(Duration.ofDays(4000));
        victim.refuses(Reason.EXPIRED);
        victim.clock.jump(Duration.ofDays(-4000));

        assertThat(victim.client.refresh()).isEqualTo(victim.installed);
        assertThat(victim.client.clockBehind()).isZero();
    }

    static Stream<Arguments> damage() {
        List<String> files =
                List.of(
                        "2.root.json",
                        "timestamp.json",
                        "snapshot.json",
                        "targets.json",
                        "state.json",
                        "state.copy.json");
        return files.stream()
                .flatMap(
                        file ->
                                Stream.of("empty", "cut off", "zeros", "flipped", "endless", "away")
                                        .map(kind -> Arguments.of(file, kind)));
    }

    @ParameterizedTest
    @MethodSource("damage")
    void aDamagedFileCostsNothingButAnotherRequest(String name, String kind) throws Exception {
        Victim victim = new Victim(folder);
        victim.repository.rotate(Role.TARGETS);
        victim.repository.publish(victim.repository.release(6));
        Release newest = victim.client.refresh();
        damage(victim.trust.resolve(name), kind);

        UpdateRepository client = victim.client("visionops", "linux-x86_64");
        client.verified();

        assertThat(client.refresh()).isEqualTo(newest);
        assertThat(client.verified()).contains(newest);
        assertThat(client.committed()).isEqualTo(5);
        victim.repository.publish(victim.repository.release(7, "1.0.0"));
        refused(client, Reason.ROLLBACK);
        victim.repository.publish(victim.repository.release(4));
        refused(client, Reason.ROLLBACK);
    }

    @ParameterizedTest
    @MethodSource("damage")
    void aDamagedStateIsWrittenAnewAndNeverLowers(String name, String kind) throws Exception {
        Victim victim = new Victim(folder);
        damage(victim.trust.resolve(name), kind);
        if (name.startsWith("state")) {
            assertThat(victim.client.committed(victim.installed)).isEqualTo(5);
            damage(
                    victim.trust.resolve(
                            name.equals("state.json") ? "state.copy.json" : "state.json"),
                    kind);
        }

        assertThat(victim.client.committed()).isEqualTo(5);
    }

    @Test
    void withAllFilesDamagedThePinnedRootBeginsAgain() throws Exception {
        Victim victim = new Victim(folder);
        for (String file : victim.content().keySet()) {
            damage(victim.trust.resolve(file), "empty");
        }

        assertThat(victim.client.refresh()).isEqualTo(victim.installed);
        assertThat(victim.client.verified()).contains(victim.installed);
        assertThat(victim.client.committed()).isZero();
    }

    @Test
    void anOlderSetOfFilesThatWasPutBackIsNotVerified() throws Exception {
        Victim victim = new Victim(folder);
        Map<String, String> before = victim.content();
        victim.repository.publish(victim.repository.release(6));
        victim.client.refresh();
        for (String file : List.of("timestamp.json", "snapshot.json", "targets.json")) {
            Files.write(
                    victim.trust.resolve(file),
                    HexFormat.of().parseHex(before.getOrDefault(file, "")));
        }

        assertThat(victim.client.verified()).isEmpty();
    }

    @Test
    void aPinnedRootThatIsAwayIsSaid() throws Exception {
        Victim victim = new Victim(folder);
        Files.delete(victim.pinned);

        victim.refuses(Reason.LOCAL);
        assertThat(victim.client.verified()).isEmpty();
    }

    @Test
    void aFolderThatCannotBeWrittenIsSaid() throws Exception {
        Victim victim = new Victim(folder);
        Files.writeString(folder.resolve("file"), "", StandardCharsets.UTF_8);
        UpdateRepository client =
                new UpdateRepository(
                        folder.resolve("file/trust"),
                        victim.pinned,
                        victim.repository,
                        victim.clock,
                        new ProductIdentity("visionops", "linux-x86_64", Victim.BUILT));

        refused(client, Reason.LOCAL);
    }

    @Test
    void theNextMirrorIsAskedWhenOneGivesWhatIsNotSigned() throws Exception {
        Victim victim = new Victim(folder);
        ForgedRepository stale = new ForgedRepository();
        stale.publish(stale.release(6));
        victim.repository.publish(victim.repository.release(6));
        UpdateRepository client =
                new UpdateRepository(
                        victim.trust,
                        victim.pinned,
                        new Mirrors(List.of(stale, victim.repository)),
                        victim.clock,
                        new ProductIdentity("visionops", "linux-x86_64", Victim.BUILT));

        assertThat(client.refresh().number()).isEqualTo(6);
    }

    @Test
    void metadataThatIsHereIsNotAskedForAgain() throws Exception {
        Victim victim = new Victim(folder);
        victim.repository.served.remove("3.snapshot.json");
        victim.repository.served.remove("5.targets.json");

        assertThat(victim.client.refresh()).isEqualTo(victim.installed);
    }

    @Test
    void beforeAnythingWasAskedThereIsNothing() throws Exception {
        ForgedRepository repository = new ForgedRepository();
        Files.write(folder.resolve("pinned.root.json"), repository.metadata("1.root.json", 0));
        UpdateRepository client =
                new UpdateRepository(
                        folder.resolve("trust"),
                        folder.resolve("pinned.root.json"),
                        repository,
                        Clock.fixed(NOW, ZoneOffset.UTC),
                        new ProductIdentity("visionops", "linux-x86_64", Victim.BUILT));

        assertThat(client.verified()).isEmpty();
        assertThat(client.committed()).isZero();
        refused(client, Reason.MISSING);
        assertThat(folder.resolve("trust")).doesNotExist();
    }

    @Test
    void whileTheSourceIsAskedNobodyElseWaitsAndNothingIsLost() throws Exception {
        Victim victim = new Victim(folder);
        Release next = victim.repository.release(6, "1.4.0");
        victim.repository.publish(next);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        UpdateRepository client =
                new UpdateRepository(
                        victim.trust,
                        victim.pinned,
                        new Mirrors(List.of(new Held(victim.repository, asked, answered))),
                        victim.clock,
                        new ProductIdentity("visionops", "linux-x86_64", Victim.BUILT));
        CompletableFuture<Release> refresh =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return client.refresh();
                            } catch (RepositoryException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(client.verified()).contains(victim.installed);
        assertThat(client.committed(next)).isEqualTo(6);
        answered.countDown();

        assertThat(refresh.get(10, TimeUnit.SECONDS)).isEqualTo(next);
        assertThat(client.committed()).isEqualTo(6);
        victim.repository.publish(victim.repository.release(7, "1.3.0"));
        refused(client, Reason.ROLLBACK);
    }

    /** Gives the timestamp only when it is told to. */
    private record Held(Source source, CountDownLatch asked, CountDownLatch answered)
            implements Source {

        @Override
        public byte[] metadata(String name, int most) throws RepositoryException {
            if (name.equals("timestamp.json")) {
                asked.countDown();
                try {
                    assertThat(answered.await(10, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new RepositoryException(Reason.CANCELLED, "stopped", e);
                }
            }
            return source.metadata(name, most);
        }

        @Override
        public void file(ReleaseFile file, Path target, Progress progress) {
            throw new UnsupportedOperationException();
        }
    }

    private record Mirrors(List<Source> mirrors) implements Source {

        @Override
        public byte[] metadata(String name, int most) throws RepositoryException {
            return mirrors.get(0).metadata(name, most);
        }

        @Override
        public void file(ReleaseFile file, Path target, Progress progress) {
            throw new UnsupportedOperationException();
        }
    }

    private static void refused(UpdateRepository client, Reason reason) {
        assertThatThrownBy(client::refresh)
                .isInstanceOfSatisfying(
                        RepositoryException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static void damage(Path file, String kind) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        byte[] bytes = Files.readAllBytes(file);
        switch (kind) {
            case "empty" -> Files.write(file, new byte[0]);
            case "cut off" -> Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
            case "zeros" -> Files.write(file, new byte[bytes.length]);
            case "flipped" -> {
                bytes[bytes.length / 2] ^= 1;
                Files.write(file, bytes);
            }
            case "endless" -> Files.write(file, new byte[3_000_000]);
            default -> Files.delete(file);
        }
    }
}
