package io.visionops.backup.internal.increment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.backup.BackupException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockPatchTest {

    private static final int BLOCK = BlockHashes.BLOCK;

    @TempDir Path folder;
    private final Random random = new Random(7);

    @Test
    void aFileComesBackWhateverHasBecomeOfItsBlocks() throws Exception {
        for (int round = 0; round < 300; round++) {
            byte[] former = new byte[random.nextInt(40) * BLOCK + random.nextInt(2) * 77];
            random.nextBytes(former);
            byte[] present = changed(former);

            assertThat(putTogether(former, patch(former, present), present.length))
                    .as("round " + round)
                    .isEqualTo(present);
        }
    }

    @Test
    void blocksThatOnlyMovedCostNextToNothing() throws Exception {
        byte[] former = new byte[1000 * BLOCK];
        random.nextBytes(former);
        byte[] present = new byte[former.length];
        System.arraycopy(former, 300 * BLOCK, present, 0, 700 * BLOCK);
        System.arraycopy(former, 0, present, 700 * BLOCK, 300 * BLOCK);

        assertThat(patch(former, present)).hasSize(16);
    }

    @Test
    void aPatchThatIsDamagedOrOfAnotherFileIsRefused() throws Exception {
        byte[] former = new byte[10 * BLOCK];
        random.nextBytes(former);
        byte[] patch = patch(former, former);

        assertThatThrownBy(() -> putTogether(new byte[BLOCK], patch, former.length))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("does not fit");
        assertThatThrownBy(() -> putTogether(former, Arrays.copyOf(patch, 5), former.length))
                .isInstanceOf(BackupException.class);
        byte[] longer = patch.clone();
        longer[6] = 1;
        assertThatThrownBy(() -> putTogether(former, longer, former.length))
                .hasMessageContaining("damaged");
        byte[] negative = patch.clone();
        negative[0] = (byte) 0x80;
        assertThatThrownBy(() -> putTogether(former, negative, former.length))
                .hasMessageContaining("damaged");
    }

    /** Blocks are left out, moved, doubled, rewritten; something is added. */
    private byte[] changed(byte[] former) {
        ByteArrayOutputStream present = new ByteArrayOutputStream();
        for (int at = 0; at < former.length; at += BLOCK) {
            int length = Math.min(BLOCK, former.length - at);
            switch (random.nextInt(6)) {
                case 0 -> {}
                case 1 -> present.writeBytes(bytes(random.nextInt(3 * BLOCK)));
                case 2 -> {
                    int from = random.nextInt(former.length / BLOCK + 1) * BLOCK;
                    int to = Math.min(former.length, from + BLOCK);
                    present.write(former, from, Math.max(0, to - from));
                }
                default -> present.write(former, at, length);
            }
        }
        present.writeBytes(bytes(random.nextInt(BLOCK)));
        return present.toByteArray();
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] patch(byte[] former, byte[] present) throws IOException {
        BlockHashes hashes = BlockHashes.of(Files.write(folder.resolve("former"), former));
        ByteArrayOutputStream patch = new ByteArrayOutputStream();
        BlockPatch.write(Files.write(folder.resolve("present"), present), hashes, patch);
        return patch.toByteArray();
    }

    private byte[] putTogether(byte[] former, byte[] patch, long length)
            throws BackupException, IOException {
        Path file = Files.write(folder.resolve("former"), former);
        Path told = Files.write(folder.resolve("patch"), patch);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = bytes) {
            BlockPatch.apply(file, told, out, length);
        }
        return bytes.toByteArray();
    }
}
