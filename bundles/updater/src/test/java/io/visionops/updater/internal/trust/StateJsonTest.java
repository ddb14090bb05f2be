package io.visionops.updater.internal.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

class StateJsonTest {

    private static final TrustState STATE =
            new TrustState(
                    2,
                    "a".repeat(128),
                    30,
                    20,
                    7,
                    6,
                    Map.of("io.visionops.store", new Version("1.2.0.x")),
                    Instant.parse("2026-11-01T00:00:00Z"));

    @Test
    void whatIsReadIsWhatWasWritten() {
        assertThat(StateJson.read(StateJson.bytes(STATE))).contains(STATE);
        assertThat(StateJson.read(StateJson.bytes(TrustState.NOTHING)))
                .contains(TrustState.NOTHING);
    }

    @Test
    void everyFlippedBitIsFound() {
        byte[] bytes = StateJson.bytes(STATE);
        for (int i = 0; i < bytes.length * 8; i++) {
            byte[] flipped = bytes.clone();
            flipped[i / 8] ^= (byte) (1 << i % 8);

            assertThat(StateJson.read(flipped)).as("bit %s", i).isEmpty();
        }
    }

    @Test
    void everyCutIsFound() {
        byte[] bytes = StateJson.bytes(STATE);
        for (int i = 0; i < bytes.length; i++) {
            assertThat(StateJson.read(Arrays.copyOf(bytes, i))).as("%s bytes", i).isEmpty();
        }
    }

    @Test
    void ofTwoCopiesTheHigherCounts() {
        TrustState older = new TrustState(2, STATE.keys(), 29, 20, 7, 5, Map.of(), Instant.EPOCH);

        assertThat(older.max(STATE)).isEqualTo(STATE);
        assertThat(STATE.max(older)).isEqualTo(STATE);
        assertThat(STATE.max(TrustState.NOTHING)).isEqualTo(STATE);
        assertThat(TrustState.NOTHING.max(STATE)).isEqualTo(STATE);
    }

    @Test
    void whereOneCopyHasNewKeysItsVersionsCountThoughTheyAreLower() {
        TrustState rotated = new TrustState(3, "b".repeat(128), 1, 1, 6, 6, Map.of(), STATE.time());

        TrustState both = STATE.max(rotated);

        assertThat(both.timestamp()).isEqualTo(1);
        assertThat(both.bundles()).isEqualTo(STATE.bundles());
        assertThat(rotated.max(STATE)).isEqualTo(both);
    }
}
