package io.visionops.health.internal.machine;

import io.visionops.api.child.ChildUsage;
import java.util.List;
import java.util.Map;

/**
 * The memory of the program and its children at one moment, by what has it.
 *
 * @param own of the Java process, for each kind but {@link MemoryKind#CHILD}
 * @param total resident, of the process and its children
 */
public record MemorySample(Map<MemoryKind, Amount> own, List<ChildUsage> children, Amount total) {

    /**
     * An amount of memory.
     *
     * @param limit bytes that it may be; 0 where there is no limit
     */
    public record Amount(long bytes, long limit) {}

    public MemorySample {
        own = Map.copyOf(own);
        children = List.copyOf(children);
    }
}
