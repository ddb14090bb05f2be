package io.visionops.updater.internal.trust;

import static io.visionops.updater.internal.trust.ForgedRepository.in;
import static io.visionops.updater.internal.trust.ForgedRepository.sign;
import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.updater.internal.metadata.Pointer;
import io.visionops.updater.internal.metadata.Release;
import io.visionops.updater.internal.metadata.ReleaseBundle;
import io.visionops.updater.internal.metadata.RepositoryException.Reason;
import io.visionops.updater.internal.metadata.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is older, what does not belong together, what is too large, and numbers that run away. */
class RollbackAttackTest {

    private interface Attack {
        void on(Victim victim);
    }

    @TempDir private Path folder;

    static Stream<Arguments> attacks() {
        return Stream.of(
                attack(
                        Reason.ROLLBACK,
                        "an older timestamp",
                        victim -> {
                            ForgedRepository of = victim.repository;
                            of.versionsBeginAt(4, 2);
                            of.publish(of.release(6));
                        }),
                attack(
                        Reason.ROLLBACK,
                        "an older snapshot in a newer timestamp",
                        victim -> {
                            ForgedRepository of = victim.repository;
                            of.versionsBeginAt(2, 4);
                            of.publish(of.release(6));
                        }),
                attack(
                        Reason.ROLLBACK,
                        "an older release in newer metadata",
                        victim -> victim.repository.publish(victim.repository.release(4))),
                attack(
                        Reason.ROLLBACK,
                        "release 1 in newer metadata",
                        victim -> victim.repository.publish(victim.repository.release(1))),
                attack(
                        Reason.MALFORMED,
                        "a snapshot that names no release",
                        victim -> forged(victim, Role.SNAPSHOT, form -> form.remove("targets"))),
                attack(
                        Reason.MALFORMED,
                        "a timestamp that names no snapshot",
                        victim -> forged(victim, Role.TIMESTAMP, form -> form.remove("snapshot"))),
                attack(
                        Reason.MIXED,
                        "another hash of the snapshot",
                        victim ->
                                named(
                                        victim,
                                        Role.TIMESTAMP,
                                        "snapshot",
                                        "sha256",
                                        "b".repeat(64))),
                attack(
                        Reason.MIXED,
                        "another length of the snapshot",
                        victim -> named(victim, Role.TIMESTAMP, "snapshot", "length", 100L)),
                attack(
                        Reason.MISSING,
                        "another version of the snapshot",
                        victim -> named(victim, Role.TIMESTAMP, "snapshot", "version", 77L)),
                attack(
                        Reason.MIXED,
                        "another hash of the release",
                        victim ->
                                named(victim, Role.SNAPSHOT, "targets", "sha256", "b".repeat(64))),
                attack(
                        Reason.MIXED,
                        "another length of the release",
                        victim -> named(victim, Role.SNAPSHOT, "targets", "length", 100L)),
                attack(
                        Reason.MALFORMED,
                        "a length of the release above the limit",
                        victim ->
                                named(
                                        victim,
                                        Role.SNAPSHOT,
                                        "targets",
                                        "length",
                                        1024L * 1024 + 1)),
                attack(
                        Reason.MALFORMED,
                        "a length of the snapshot above the limit",
                        victim -> named(victim, Role.TIMESTAMP, "snapshot", "length", 2147483648L)),
                attack(
                        Reason.MISSING,
                        "a release that is not there",
                        victim -> {
                            victim.repository.publish(victim.repository.release(6));
                            victim.repository.served.remove("6.targets.json");
                        }),
                attack(
                        Reason.MISSING,
                        "a snapshot that is not there",
                        victim -> {
                            victim.repository.publish(victim.repository.release(6));
                            victim.repository.served.remove("4.snapshot.json");
                        }),
                attack(
                        Reason.MISSING,
                        "a timestamp that is not there",
                        victim -> victim.repository.served.remove("timestamp.json")),
                attack(
                        Reason.MIXED,
                        "release 5 under the number 6",
                        victim -> {
                            ForgedRepository of = victim.repository;
                            of.publish(of.release(6));
                            of.served.put("6.targets.json", of.served.get("5.targets.json"));
                        }),
                attack(
                        Reason.MIXED,
                        "release 7 in the place of the release 6 that is named",
                        victim -> {
                            ForgedRepository of = victim.repository;
                            of.targets(6, sign(of.release(7).form(), of.of(Role.TARGETS)));
                        }),
                attack(
                        Reason.MIXED,
                        "snapshot 9 in the place of the snapshot 5 that is named",
                        victim -> {
                            ForgedRepository of = victim.repository;
                            of.publish(of.release(6));
                            Pointer.Next next = Pointer.Next.of(6, of.served.get("6.targets.json"));
                            of.snapshot(5, sign(of.snapshotForm(9, next), of.of(Role.SNAPSHOT)));
                        }),
                attack(
                        Reason.MIXED,
                        "the timestamp in the place of the snapshot",
                        victim -> {
                            ForgedRepository of = victim.repository;
                            of.publish(of.release(6));
                            of.served.put("4.snapshot.json", of.served.get("timestamp.json"));
                        }),
                attack(
                        Reason.FAST_FORWARD,
                        "a release 1001 numbers on",
                        victim -> victim.repository.publish(victim.repository.release(1006))),
                attack(
                        Reason.FAST_FORWARD,
                        "the last number of all",
                        victim ->
                                victim.repository.publish(
                                        victim.repository.release(1_000_000_000))),
                attack(
                        Reason.FAST_FORWARD,
                        "a timestamp that is a million on",
                        victim -> {
                            victim.repository.versionsBeginAt(4, 1_000_004);
                            victim.repository.publish(victim.repository.release(6));
                        }),
                attack(
                        Reason.FAST_FORWARD,
                        "a snapshot that is a million on",
                        victim -> {
                            victim.repository.versionsBeginAt(1_000_004, 4);
                            victim.repository.publish(victim.repository.release(6));
                        }),
                endless(Role.ROOT, "2.root.json"),
                endless(Role.TIMESTAMP, "timestamp.json"),
                attack(
                        Reason.MIXED,
                        "an endless snapshot",
                        victim -> {
                            victim.repository.publish(victim.repository.release(6));
                            victim.repository.served.put("4.snapshot.json", new byte[10_000_000]);
                        }),
                attack(
                        Reason.MIXED,
                        "an endless release",
                        victim -> {
                            victim.repository.publish(victim.repository.release(6));
                            victim.repository.served.put("6.targets.json", new byte[10_000_000]);
                        }));
    }

    private static Arguments endless(Role role, String name) {
        return attack(
                Reason.TOO_LARGE,
                "an endless " + role.word(),
                victim -> victim.repository.served.put(name, new byte[role.mostBytes() + 1]));
    }

    private static Arguments attack(Reason reason, String name, Attack attack) {
        return Arguments.of(reason, name, attack);
    }

    private interface Mutation {
        Object of(Map<String, Object> form);
    }

    private static void forged(Victim victim, Role role, Mutation mutation) {
        victim.repository.forge(
                role,
                form -> {
                    mutation.of(form);
                    return sign(form, victim.repository.of(role));
                });
    }

    private static void named(Victim victim, Role role, String next, String field, Object value) {
        forged(victim, role, form -> in(form, next).put(field, value));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("attacks")
    void isRefused(Reason reason, String name, Attack attack) throws Exception {
        Victim victim = new Victim(folder);
        Map<String, byte[]> honest = victim.honest();
        attack.on(victim);

        victim.refuses(reason);

        victim.isAsBefore(honest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.9", "1.1.9.z", "0.9.0", "1.1.99", "0.0.0", "1.1.2147483647"})
    void aBundleBelowItsFloorIsRefusedInANewerRelease(String version) throws Exception {
        Victim victim = new Victim(folder);
        Map<String, byte[]> honest = victim.honest();
        victim.repository.publish(victim.repository.release(6, version));

        victim.refuses(Reason.ROLLBACK);

        victim.isAsBefore(honest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.0", "1.2.0.a", "1.10.0", "2.0.0"})
    void aBundleAtOrAboveItsFloorIsNot(String version) throws Exception {
        Victim victim = new Victim(folder);
        victim.repository.publish(victim.repository.release(6, version));

        assertThat(victim.client.refresh().number()).isEqualTo(6);
    }

    @Test
    void ofABundleInTwoVersionsTheHigherCounts() throws Exception {
        Victim victim = new Victim(folder);
        Release both = twoVersions(victim.repository.release(6));
        victim.repository.publish(both);
        victim.client.refresh();
        victim.client.committed(both);

        victim.repository.publish(victim.repository.release(7, "1.9.0"));
        victim.refuses(Reason.ROLLBACK);
        victim.repository.publish(twoVersions(victim.repository.release(8)));

        assertThat(victim.client.refresh().number()).isEqualTo(8);
    }

    @Test
    void theFloorIsThatOfWhatWasCommittedAndNotOfWhatWasSeen() throws Exception {
        Victim victim = new Victim(folder);
        victim.repository.publish(victim.repository.release(6, "3.0.0"));
        victim.client.refresh();
        victim.repository.publish(victim.repository.release(7, "1.3.0"));

        assertThat(victim.client.refresh().number()).isEqualTo(7);
    }

    @Test
    void aDeliberateStepBackIsAReleaseWithAHigherNumber() throws Exception {
        Victim victim = new Victim(folder);
        victim.repository.publish(victim.repository.release(1005));

        assertThat(victim.client.refresh().number()).isEqualTo(1005);
    }

    private static Release twoVersions(Release of) {
        return new Release(
                of.number(),
                of.version(),
                of.product(),
                of.platform(),
                of.expires(),
                of.schema(),
                of.files(),
                List.of(
                        new ReleaseBundle(
                                "io.visionops.store", "2.0.0", ForgedRepository.STORE_PATH),
                        new ReleaseBundle("io.visionops.store", "1.2.0", "lib/version")));
    }
}
