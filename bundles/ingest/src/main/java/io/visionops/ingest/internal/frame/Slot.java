package io.visionops.ingest.internal.frame;

import io.visionops.ingest.internal.decoder.FrameStream.Size;
import java.nio.ByteBuffer;

/** Memory for one picture. The ring's lock guards {@link #holders}. */
public final class Slot {

    private final Size size;
    private final ByteBuffer memory;
    private final ByteBuffer view;

    /** Who still uses it: a producer; queue or consumer, the latest picture, an encoder. */
    int holders;

    Slot(Size size) {
        this.size = size;
        this.memory = ByteBuffer.allocateDirect(size.bytes());
        this.view = memory.asReadOnlyBuffer();
    }

    Size size() {
        return size;
    }

    /** To be filled, from position 0. */
    public ByteBuffer memory() {
        return memory;
    }

    /**
     * To be read: the same object each time, from its beginning. A frame is used by one thread at a
     * time.
     */
    public ByteBuffer view() {
        return view.clear();
    }
}
