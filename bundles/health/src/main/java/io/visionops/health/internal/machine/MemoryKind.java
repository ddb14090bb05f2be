package io.visionops.health.internal.machine;

import java.util.Locale;

/** What memory of the program and its children is used for. */
public enum MemoryKind {
    /** What Java objects take, as the last collection of the old generation left it. */
    HEAP,
    /** Buffers outside the heap, such as those of frames. */
    DIRECT,
    /** Classes. */
    METASPACE,
    /** What the process has beyond what the Java machine knows of, such as that of detectors. */
    NATIVE,
    /** Of a child process. */
    CHILD;

    /** As meters name it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
