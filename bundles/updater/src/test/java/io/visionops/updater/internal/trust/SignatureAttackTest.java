package io.visionops.updater.internal.trust;

import static io.visionops.updater.internal.trust.ForgedRepository.envelope;
import static io.visionops.updater.internal.trust.ForgedRepository.sign;
import static io.visionops.updater.internal.trust.ForgedRepository.signer;

import io.visionops.updater.internal.metadata.Envelope.Entry;
import io.visionops.updater.internal.metadata.RepositoryException.Reason;
import io.visionops.updater.internal.metadata.Role;
import io.visionops.updater.internal.trust.ForgedRepository.Signer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Arbitrary installation: metadata of each role, signed in every way but the right one. */
class SignatureAttackTest {

    private interface Attack {
        byte[] make(ForgedRepository repository, Role role, Map<String, Object> form);
    }

    @TempDir private Path folder;

    static Stream<Arguments> attacks() {
        List<Arguments> all = new ArrayList<>();
        for (Role role : Role.values()) {
            add(all, "unsigned", role, (repository, of, form) -> envelope(form, List.of()));
            add(
                    all,
                    "another's key",
                    role,
                    (repository, of, form) -> sign(form, signer(), signer()));
            add(
                    all,
                    "another's key under the right id",
                    role,
                    (repository, of, form) -> {
                        List<Entry> entries = new ArrayList<>();
                        for (Signer one : repository.of(of)) {
                            entries.add(new Entry(one.key().id(), signer().entry(form).sig()));
                        }
                        return envelope(form, entries);
                    });
            for (Role other : Role.values()) {
                if (other != role) {
                    add(
                            all,
                            "signed by the keys for " + other.word(),
                            role,
                            (repository, of, form) -> sign(form, repository.of(other)));
                }
            }
            changed(all, "truncated signature", role, sig -> sig.substring(2));
            changed(all, "signature without its second half", role, sig -> sig.substring(64));
            changed(all, "longer signature", role, sig -> sig + "00");
            changed(all, "empty signature", role, sig -> "");
            changed(all, "signature of zeros", role, sig -> "0".repeat(128));
            changed(all, "signature with one bit flipped", role, SignatureAttackTest::flipped);
            changed(
                    all,
                    "signature with S not below the order",
                    role,
                    sig -> sig.substring(0, 64) + "f".repeat(64));
            add(
                    all,
                    "changed after it was signed",
                    role,
                    (repository, of, form) -> {
                        List<Entry> entries = new ArrayList<>();
                        for (Signer one : repository.of(of)) {
                            entries.add(one.entry(form));
                        }
                        form.put("comment", "changed");
                        return envelope(form, entries);
                    });
        }
        for (Role role : List.of(Role.ROOT, Role.TARGETS)) {
            add(
                    all,
                    "one signature of two",
                    role,
                    (repository, of, form) -> sign(form, repository.first(of)));
            add(
                    all,
                    "one key twice",
                    role,
                    (repository, of, form) ->
                            sign(form, repository.first(of), repository.first(of)));
            add(
                    all,
                    "one right and one of another role",
                    role,
                    (repository, of, form) ->
                            sign(form, repository.first(of), repository.first(Role.TIMESTAMP)));
            add(
                    all,
                    "all right, and one of them twice",
                    role,
                    (repository, of, form) -> {
                        Signer[] by = repository.of(of);
                        return sign(form, by[0], by[1], by[0]);
                    });
        }
        return all.stream();
    }

    private static void add(List<Arguments> all, String name, Role role, Attack attack) {
        all.add(Arguments.of(role.word() + ": " + name, role, attack));
    }

    private interface Change {
        String of(String sig);
    }

    private static void changed(List<Arguments> all, String name, Role role, Change change) {
        add(
                all,
                name,
                role,
                (repository, of, form) -> {
                    List<Entry> entries = new ArrayList<>();
                    for (Signer one : repository.of(of)) {
                        Entry honest = one.entry(form);
                        entries.add(new Entry(honest.keyId(), change.of(honest.sig())));
                    }
                    return envelope(form, entries);
                });
    }

    private static String flipped(String sig) {
        return (sig.charAt(0) == '0' ? '1' : '0') + sig.substring(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void whatIsNotSignedByEnoughOfItsKeysIsRefused(String name, Role role, Attack attack)
            throws Exception {
        Victim victim = new Victim(folder);
        Map<String, byte[]> honest = victim.honest();
        victim.repository.forge(role, form -> attack.make(victim.repository, role, form));

        victim.refuses(Reason.UNSIGNED);

        victim.isAsBefore(honest);
    }
}
