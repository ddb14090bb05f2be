package io.visionops.processes.internal.meter;

import java.util.HashMap;
import java.util.Map;

/**
 * Adds up what a child and its descendants use. CPU time of a descendant that has died stays in the
 * sum, so that it never goes back. Confined to the sampling thread.
 */
public final class UsageSum {

    /** CPU nanoseconds at the last sample, by pid and start. */
    private Map<String, Long> last = new HashMap<>();

    private long lastNanos;
    private long cpu;

    /**
     * @param memory resident bytes
     * @param cpu nanoseconds
     * @param load CPU seconds per second since the sample before
     */
    public record Sample(long memory, long cpu, double load) {}

    /**
     * @param startNanos when the child was started, by the monotonic clock
     */
    public UsageSum(long startNanos) {
        lastNanos = startNanos;
    }

    public Sample next(Map<Long, Meter.Reading> readings, long nanos) {
        long memory = 0;
        long used = 0;
        boolean first = last.isEmpty();
        Map<String, Long> now = new HashMap<>();
        for (Map.Entry<Long, Meter.Reading> entry : readings.entrySet()) {
            Meter.Reading reading = entry.getValue();
            String process = entry.getKey() + "/" + reading.start();
            memory += reading.memory();
            long before = last.getOrDefault(process, 0L);
            cpu += Math.max(0, reading.cpu() - before);
            // What a descendant used before it was found belongs to no interval.
            if (first || last.containsKey(process)) {
                used += Math.max(0, reading.cpu() - before);
            }
            now.put(process, reading.cpu());
        }
        double load = nanos > lastNanos ? (double) used / (nanos - lastNanos) : 0;
        last = now;
        lastNanos = nanos;
        return new Sample(memory, cpu, load);
    }
}
