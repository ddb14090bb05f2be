package io.visionops.updater.internal.trust;

import static io.visionops.updater.internal.trust.ForgedRepository.in;
import static io.visionops.updater.internal.trust.ForgedRepository.sign;
import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.updater.internal.metadata.Release;
import io.visionops.updater.internal.metadata.RepositoryException.Reason;
import io.visionops.updater.internal.metadata.Role;
import io.visionops.updater.internal.trust.ForgedRepository.Signer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The chain of roots, keys that were taken away, and the way back after an attack. */
class RootAttackTest {

    private interface Attack {
        void on(ForgedRepository repository, Map<String, Object> form);
    }

    @TempDir private Path folder;

    static Stream<Arguments> forms() {
        return Stream.of(
                form("a threshold of 0", (of, form) -> role(form, "targets").put("threshold", 0L)),
                form(
                        "a threshold of 3 of 2",
                        (of, form) -> role(form, "targets").put("threshold", 3L)),
                form(
                        "a threshold of text",
                        (of, form) -> role(form, "targets").put("threshold", "1")),
                form("no threshold", (of, form) -> role(form, "targets").remove("threshold")),
                form(
                        "no keys for a role",
                        (of, form) -> role(form, "targets").put("keyids", List.of())),
                form("no role targets", (of, form) -> in(form, "roles").remove("targets")),
                form("no role timestamp", (of, form) -> in(form, "roles").remove("timestamp")),
                form(
                        "one key named twice",
                        (of, form) -> {
                            String id = of.first(Role.TARGETS).key().id();
                            role(form, "targets").put("keyids", List.of(id, id));
                        }),
                form(
                        "the key of the timestamp for releases too",
                        (of, form) ->
                                role(form, "targets")
                                        .put(
                                                "keyids",
                                                List.of(
                                                        of.first(Role.TIMESTAMP).key().id(),
                                                        of.first(Role.TARGETS).key().id()))),
                form(
                        "a key that is not listed",
                        (of, form) -> in(form, "keys").remove(of.first(Role.TARGETS).key().id())),
                form(
                        "a key under the id of another",
                        (of, form) ->
                                in(form, "keys")
                                        .put(
                                                of.first(Role.TARGETS).key().id(),
                                                ForgedRepository.signer().key().form())),
                form("a key of RSA", (of, form) -> key(of, form).put("keytype", "rsa")),
                form("the scheme none", (of, form) -> key(of, form).put("scheme", "none")),
                form("the scheme hmac", (of, form) -> key(of, form).put("scheme", "hmac-sha256")),
                form("the scheme ed448", (of, form) -> key(of, form).put("scheme", "ed448")),
                form(
                        "a key of 31 bytes",
                        (of, form) -> key(of, form).put("public", "ab".repeat(31))),
                form(
                        "a key of 33 bytes",
                        (of, form) -> key(of, form).put("public", "ab".repeat(33))),
                form(
                        "a key in capitals",
                        (of, form) -> key(of, form).put("public", "AB".repeat(32))),
                form("no product", (of, form) -> form.remove("product")),
                form("a product of blanks", (of, form) -> form.put("product", "  ")),
                form(
                        "33 keys",
                        (of, form) -> {
                            for (int i = 0; i < 30; i++) {
                                Signer more = ForgedRepository.signer();
                                in(form, "keys").put(more.key().id(), more.key().form());
                            }
                        }));
    }

    private static Arguments form(String name, Attack attack) {
        return Arguments.of(name, attack);
    }

    private static Map<String, Object> role(Map<String, Object> form, String role) {
        return in(form, "roles", role);
    }

    private static Map<String, Object> key(ForgedRepository of, Map<String, Object> form) {
        return in(form, "keys", of.first(Role.TARGETS).key().id());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void aRootThatIsSignedButNotSoundIsRefused(String name, Attack attack) throws Exception {
        Victim victim = new Victim(folder);
        Map<String, byte[]> honest = victim.honest();
        ForgedRepository of = victim.repository;
        of.forge(
                Role.ROOT,
                form -> {
                    attack.on(of, form);
                    return sign(form, of.of(Role.ROOT));
                });

        victim.refuses(Reason.MALFORMED);

        victim.isAsBefore(honest);
    }

    static Stream<Arguments> versions() {
        return Stream.of(Arguments.of(1L), Arguments.of(3L), Arguments.of(999_999_999L));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aRootThatIsNotTheNextOneIsRefused(long version) throws Exception {
        Victim victim = new Victim(folder);
        victim.repository.forge(
                Role.ROOT,
                form -> {
                    form.put("version", version);
                    return sign(form, victim.repository.of(Role.ROOT));
                });

        victim.refuses(Reason.ROLLBACK);
    }

    @Test
    void aRootOfAnotherProductIsRefused() throws Exception {
        Victim victim = new Victim(folder);
        victim.repository.forge(
                Role.ROOT,
                form -> {
                    form.put("product", "otherops");
                    return sign(form, victim.repository.of(Role.ROOT));
                });

        victim.refuses(Reason.WRONG_PRODUCT);
    }

    @Test
    void newRootKeysThatOnlyTheNewOnesHaveSignedAreRefused() throws Exception {
        Victim victim = new Victim(folder);
        victim.repository.rotate(Role.ROOT);
        victim.repository.served.put(
                "2.root.json", sign(victim.repository.rootForm(), victim.repository.of(Role.ROOT)));

        victim.refuses(Reason.UNSIGNED);
    }

    @Test
    void newRootKeysThatOnlyTheOldOnesHaveSignedAreRefused() throws Exception {
        Victim victim = new Victim(folder);
        Signer[] old = victim.repository.of(Role.ROOT);
        victim.repository.rotate(Role.ROOT);
        victim.repository.served.put("2.root.json", sign(victim.repository.rootForm(), old));

        victim.refuses(Reason.UNSIGNED);
    }

    @Test
    void oldRootKeysSignNoRootAfterTheyWereReplaced() throws Exception {
        Victim victim = new Victim(folder);
        Signer[] old = victim.repository.of(Role.ROOT);
        victim.repository.rotate(Role.ROOT);
        victim.repository.publish(victim.repository.release(6));
        victim.client.refresh();
        victim.repository.forge(Role.ROOT, form -> sign(form, old));

        victim.refuses(Reason.UNSIGNED);
    }

    @ParameterizedTest
    @EnumSource(names = {"TARGETS", "SNAPSHOT", "TIMESTAMP"})
    void aKeyThatWasTakenAwaySignsNothingMore(Role role) throws Exception {
        Victim victim = new Victim(folder);
        Signer[] old = victim.repository.of(role);
        victim.repository.rotate(role);
        victim.repository.forge(role, form -> sign(form, old));

        victim.refusesAndMayKeepRoots(Reason.UNSIGNED);
        victim.repository.publish(victim.repository.release(7));
        assertThat(victim.client.refresh().number()).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource
    void afterSeveralRotationsTheNewestKeysCount(Role role) throws Exception {
        Victim victim = new Victim(folder);
        for (int i = 0; i < 5; i++) {
            victim.repository.rotate(role);
        }
        victim.repository.publish(victim.repository.release(6));

        assertThat(victim.client.refresh().number()).isEqualTo(6);
        assertThat(victim.client.verified()).map(Release::number).contains(6L);
    }

    @Test
    void sixtyFourNewRootsAreFollowedAndNoMore() throws Exception {
        Victim victim = new Victim(folder);
        for (int i = 0; i < 65; i++) {
            victim.repository.rotate(Role.TIMESTAMP);
        }
        victim.repository.publish(victim.repository.release(6));

        victim.refusesAndMayKeepRoots(Reason.FAST_FORWARD);

        assertThat(victim.client.refresh().number()).isEqualTo(6);
    }

    @ParameterizedTest
    @EnumSource(names = {"SNAPSHOT", "TIMESTAMP"})
    void versionsThatAThiefHasDrivenUpBeginAnewWithNewKeys(Role role) throws Exception {
        Victim victim = new Victim(folder);
        victim.repository.versionsBeginAt(900_000, 900_000);
        victim.repository.publish(victim.repository.release(900));
        victim.client.refresh();

        victim.repository.rotate(role);
        victim.repository.versionsBeginAt(2, 2);
        victim.repository.publish(victim.repository.release(6));

        assertThat(victim.client.refresh().number()).isEqualTo(6);
    }

    @Test
    void whatWasCommittedDoesNotBeginAnewWithNewKeys() throws Exception {
        Victim victim = new Victim(folder);
        Map<String, byte[]> honest = victim.honest();
        victim.repository.rotate(Role.TIMESTAMP);
        victim.repository.publish(victim.repository.release(4));

        victim.refusesAndMayKeepRoots(Reason.ROLLBACK);

        victim.repository.publish(victim.repository.release(6, "1.0.0"));
        victim.refusesAndMayKeepRoots(Reason.ROLLBACK);
        assertThat(honest).isNotEmpty();
    }

    @Test
    void aRootThatWasTrustedCannotBeTakenBackByASourceThatHidesIt() throws Exception {
        Victim victim = new Victim(folder);
        ForgedRepository of = victim.repository;
        Signer[] stolen = of.of(Role.TARGETS);
        of.rotate(Role.TARGETS);
        of.publish(of.release(6));
        victim.client.refresh();
        Map<String, byte[]> honest = victim.honest();

        Files.write(victim.trust.resolve("2.root.json"), new byte[0]);
        of.served.remove("2.root.json");
        of.targets(7, sign(of.release(7).form(), stolen));
        victim.refuses(Reason.ROLLBACK);

        of.served.putAll(honest);
        assertThat(victim.client.refresh().number()).isEqualTo(6);
    }

    @Test
    void anotherProductsClientRefusesTheRoot() throws Exception {
        Victim victim = new Victim(folder);
        List<Reason> reasons = new ArrayList<>();
        for (UpdateRepository other :
                List.of(
                        victim.client("otherops", "linux-x86_64"),
                        victim.client("visionops", "linux-aarch64"))) {
            try {
                other.refresh();
            } catch (io.visionops.updater.internal.metadata.RepositoryException e) {
                reasons.add(e.reason());
            }
            assertThat(other.verified()).isEmpty();
        }
        assertThat(reasons).containsExactly(Reason.WRONG_PRODUCT, Reason.WRONG_PRODUCT);
    }
}
