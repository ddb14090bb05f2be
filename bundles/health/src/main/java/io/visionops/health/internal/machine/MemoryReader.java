package io.visionops.health.internal.machine;

import io.visionops.api.child.ChildUsage;
import io.visionops.health.internal.machine.MemorySample.Amount;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Splits the memory of the Java process into what has it. Reads figures of the Java machine. */
final class MemoryReader {

    private static final String METASPACE = "Metaspace";

    /** A part of the metaspace, which has a pool of its own. */
    private static final String CLASS_SPACE = "Compressed Class Space";

    private final List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans();
    private final Optional<BufferPoolMXBean> directPool =
            ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                    .filter(pool -> pool.getName().equals("direct"))
                    .findFirst();
    private final long maxDirect;

    MemoryReader(long maxDirect) {
        this.maxDirect = maxDirect;
    }

    /**
     * @param resident of the Java process
     * @param limit that the process and its children may have
     */
    MemorySample read(long resident, List<ChildUsage> children, long limit) {
        long direct = direct();
        long known = direct;
        long live = 0;
        long heapLimit = 0;
        Amount metaspace = new Amount(0, 0);
        for (MemoryPoolMXBean pool : pools) {
            MemoryUsage usage = pool.getUsage();
            if (pool.getType() == MemoryType.HEAP) {
                known += touched(pool, usage);
                live += isYoung(pool) ? 0 : afterCollection(pool);
                heapLimit += Math.max(0, usage.getMax());
            } else if (!pool.getName().equals(CLASS_SPACE)) {
                known += usage.getCommitted();
            }
            if (pool.getName().equals(METASPACE)) {
                metaspace = new Amount(usage.getUsed(), Math.max(0, usage.getMax()));
            }
        }
        Map<MemoryKind, Amount> own = new EnumMap<>(MemoryKind.class);
        own.put(MemoryKind.HEAP, new Amount(live, heapLimit));
        own.put(MemoryKind.DIRECT, new Amount(direct, maxDirect));
        own.put(MemoryKind.METASPACE, metaspace);
        own.put(MemoryKind.NATIVE, new Amount(Math.max(0, resident - known), 0));
        long ofChildren = children.stream().mapToLong(ChildUsage::memory).sum();
        return new MemorySample(own, children, new Amount(resident + ofChildren, limit));
    }

    long direct() {
        return directPool.map(BufferPoolMXBean::getMemoryUsed).orElse(0L);
    }

    /**
     * What the system has given a pool: what is committed takes no memory before its first use, and
     * keeps it afterwards. Otherwise a heap that is used for the first time would look like native
     * memory that grows.
     */
    private static long touched(MemoryPoolMXBean pool, MemoryUsage usage) {
        return Math.min(pool.getPeakUsage().getUsed(), usage.getCommitted());
    }

    /** Collected every few seconds: what is left of it says nothing of what stays. */
    private static boolean isYoung(MemoryPoolMXBean pool) {
        return pool.getName().contains("Eden") || pool.getName().contains("Survivor");
    }

    private static long afterCollection(MemoryPoolMXBean pool) {
        MemoryUsage usage = pool.getCollectionUsage();
        return usage == null ? 0 : usage.getUsed();
    }
}
