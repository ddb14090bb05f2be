package io.visionops.ingest.internal.camera;

import io.visionops.api.child.Child;
import io.visionops.api.child.ChildProcesses;
import io.visionops.api.child.ChildSpec;
import io.visionops.api.child.ChildUsage;
import io.visionops.api.time.Ticker;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A process service without processes: whatever it starts has found nobody at the camera's port.
 */
final class DeadOnArrival implements ChildProcesses {

    private static final List<String> WORDS =
            List.of(
                    "[tcp @ 0x0] [error] Connection to tcp://10.0.0.1:554 failed: Connection refused",
                    "[in#0 @ 0x0] [error] Error opening input: Connection refused");

    private final Ticker ticker;
    private final AtomicLong starts = new AtomicLong();
    private final Map<String, Long> last = new ConcurrentHashMap<>();

    DeadOnArrival(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Whether every child was started within that time. */
    boolean allStartedWithin(Duration time) {
        long now = ticker.nanos();
        return last.values().stream().allMatch(one -> now - one <= time.toNanos());
    }

    /** Children that were started. */
    long starts() {
        return starts.get();
    }

    @Override
    public Child start(ChildSpec spec) {
        starts.incrementAndGet();
        last.put(spec.name(), ticker.nanos());
        return new Dead(spec);
    }

    @Override
    public Optional<Child> claim(String name) {
        return Optional.empty();
    }

    @Override
    public List<ChildUsage> usage() {
        return List.of();
    }

    private record Dead(ChildSpec spec) implements Child {

        @Override
        public ProcessHandle process() {
            return ProcessHandle.current();
        }

        @Override
        public String name() {
            return spec.name();
        }

        @Override
        public boolean isAlive() {
            return false;
        }

        @Override
        public InputStream output() {
            return InputStream.nullInputStream();
        }

        @Override
        public long position() {
            return 0;
        }

        @Override
        public List<String> errorLines() {
            return WORDS;
        }

        @Override
        public Optional<String> progress() {
            return Optional.empty();
        }

        @Override
        public CompletableFuture<Integer> exit() {
            return CompletableFuture.completedFuture(145);
        }

        @Override
        public void detach() {}

        @Override
        public void end(Duration grace) {}
    }
}
