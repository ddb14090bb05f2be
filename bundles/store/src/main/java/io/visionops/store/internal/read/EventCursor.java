package io.visionops.store.internal.read;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32;

/** The place between two pages, as a word that may stand in an address. */
final class EventCursor {

    private static final int BYTES = Long.BYTES + Integer.BYTES;

    private EventCursor() {}

    static String encode(long seq) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).putLong(seq).putInt(check(seq));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /**
     * @throws IllegalArgumentException when no page has given this cursor
     */
    static long decode(String cursor) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
            if (bytes.remaining() == BYTES) {
                long seq = bytes.getLong();
                if (bytes.getInt() == check(seq)) {
                    return seq;
                }
            }
        } catch (IllegalArgumentException notBase64) {
            // The same answer as for any other wrong word.
        }
        throw new IllegalArgumentException(
                "cursor is not one that a page of events has given: leave it out to start anew");
    }

    private static int check(long seq) {
        CRC32 crc = new CRC32();
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(seq).flip());
        return (int) crc.getValue();
    }
}
