package io.visionops.store.internal.encoding;

import java.nio.ByteBuffer;
import java.util.UUID;

/** Ids as they lie in the database: sixteen bytes that sort like the id is written. */
public final class Ids {

    private Ids() {}

    public static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    public static UUID of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
