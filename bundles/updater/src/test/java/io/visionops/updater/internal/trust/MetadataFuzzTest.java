package io.visionops.updater.internal.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.updater.internal.metadata.Pointer;
import io.visionops.updater.internal.metadata.Release;
import io.visionops.updater.internal.metadata.RepositoryException;
import io.visionops.updater.internal.metadata.Role;
import io.visionops.updater.internal.metadata.RootMetadata;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Metadata with random damage: refused in the one way, whatever it is, and never accepted. */
class MetadataFuzzTest {

    /** For each role and each of both tests. */
    private static final long NANOS = 700_000_000;

    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\\u0000",
        "null",
        "-1",
        "1e9",
        "1.0",
        "0",
        "9",
        "99999999999999999999",
        "\"type\":\"root\",",
        "\"version\":1,",
        "\ud83d\ude00",
        "../",
        "\0"
    };

    private final ForgedRepository repository = new ForgedRepository();
    private final Random random = new Random(20261101);
    private final RootMetadata root;

    MetadataFuzzTest() throws RepositoryException {
        root = RootMetadata.pinned("root", repository.served.get("1.root.json"));
    }

    @ParameterizedTest
    @EnumSource
    void damagedMetadataIsRefused(Role role) throws Exception {
        byte[] honest = ForgedRepository.sign(form(role), signers(role));
        assertThat(read(role, honest)).as("the honest one").isTrue();
        long end = System.nanoTime() + NANOS;
        int tried = 0;
        while (System.nanoTime() - end < 0) {
            byte[] damaged = damage(honest);
            if (!Arrays.equals(damaged, honest)) {
                tried++;
                assertThat(read(role, damaged)).as(() -> text(damaged)).isFalse();
            }
        }
        assertThat(tried).isPositive();
    }

    /** Here a signature is no protection: the one who signs is the one who damages. */
    @ParameterizedTest
    @EnumSource
    void damageThatIsSignedIsRefusedInTheOneWayOrHarmless(Role role) {
        byte[] honest = ForgedRepository.text(form(role)).getBytes(StandardCharsets.UTF_8);
        long end = System.nanoTime() + NANOS;
        int refused = 0;
        while (System.nanoTime() - end < 0) {
            byte[] signed = ForgedRepository.signRaw(text(damage(honest)), signers(role));
            if (!read(role, signed)) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    private ForgedRepository.Signer[] signers(Role role) {
        ForgedRepository.Signer[] all = repository.of(role);
        // As many as are needed: with one more, damage to one of them would be none.
        return Arrays.copyOf(all, Math.min(2, all.length));
    }

    private Map<String, Object> form(Role role) {
        Pointer.Next next = new Pointer.Next(6, 1234, "a".repeat(64));
        return switch (role) {
            case ROOT -> repository.rootForm();
            case TIMESTAMP -> repository.timestampForm(6, next);
            case SNAPSHOT -> repository.snapshotForm(6, next);
            case TARGETS -> repository.release(6).form();
        };
    }

    /** Whether it is accepted. Anything but an {@link RepositoryException} ends the test. */
    private boolean read(Role role, byte[] bytes) {
        try {
            Pointer.Next self = Pointer.Next.of(6, bytes);
            switch (role) {
                case ROOT -> RootMetadata.pinned("root", bytes);
                case TIMESTAMP -> Pointer.readTimestamp(bytes, root.keys(role));
                case SNAPSHOT -> Pointer.readSnapshot(bytes, self, root.keys(role));
                case TARGETS -> Release.read(bytes, self, root.keys(role), 1000);
            }
            return true;
        } catch (RepositoryException e) {
            assertThat(e.getMessage()).hasLineCount(1);
            return false;
        }
    }

    private byte[] damage(byte[] honest) {
        byte[] bytes = honest;
        for (int i = random.nextInt(3); i >= 0; i--) {
            bytes = damageOnce(bytes);
        }
        return bytes;
    }

    private byte[] damageOnce(byte[] bytes) {
        if (bytes.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        int from = random.nextInt(bytes.length);
        int to = Math.min(bytes.length, from + random.nextInt(40));
        byte[] piece = PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(6)) {
            case 0 -> {
                byte[] flipped = bytes.clone();
                flipped[from] ^= (byte) (1 << random.nextInt(8));
                yield flipped;
            }
            case 1 -> Arrays.copyOf(bytes, from);
            case 2 -> joined(bytes, from, piece, from);
            case 3 -> joined(bytes, from, piece, to);
            case 4 -> joined(bytes, from, new byte[0], to);
            default -> joined(bytes, to, Arrays.copyOfRange(bytes, from, to), to);
        };
    }

    private static byte[] joined(byte[] bytes, int head, byte[] middle, int tail) {
        byte[] all = Arrays.copyOf(bytes, head + middle.length + bytes.length - tail);
        System.arraycopy(middle, 0, all, head, middle.length);
        System.arraycopy(bytes, tail, all, head + middle.length, bytes.length - tail);
        return all;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
