package io.visionops.store.internal.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdsTest {

    private static final UUID LOW = UUID.fromString("01900000-0000-7000-8000-000000000000");
    private static final UUID HIGH = UUID.fromString("f1900000-0000-7000-8000-000000000000");

    @Test
    void anIdIsReadAsItWasWritten() {
        assertThat(Ids.of(Ids.bytes(LOW))).isEqualTo(LOW);
        assertThat(Ids.of(Ids.bytes(HIGH))).isEqualTo(HIGH);
        assertThat(Ids.bytes(LOW)).hasSize(16).startsWith(0x01, 0x90);
    }

    @Test
    void bytesSortAsTheIdIsWritten() {
        assertThat(Arrays.compareUnsigned(Ids.bytes(LOW), Ids.bytes(HIGH))).isNegative();
    }
}
