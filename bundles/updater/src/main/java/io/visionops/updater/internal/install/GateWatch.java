package io.visionops.updater.internal.install;

import io.visionops.api.time.Ticker;
import io.visionops.support.thread.TimedCalls;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Looks at the gate until it has come to an end. For one thread, but for {@link #close}. */
final class GateWatch implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(500);

    /** A part that lets whoever asks it wait for longer hangs. */
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final Surroundings parts;
    private final BundleSwap bundles;
    private final Progress progress;
    private final Supplier<GateLimits> limits;
    private final Clock clock;
    private final Ticker ticker;
    private final TimedCalls looks =
            new TimedCalls("look at the parts", "visionops-updater-look", ANSWER);
    private final CountDownLatch stopping = new CountDownLatch(1);

    GateWatch(
            Surroundings parts,
            BundleSwap bundles,
            Progress progress,
            Supplier<GateLimits> limits,
            Clock clock,
            Ticker ticker) {
        this.parts = parts;
        this.bundles = bundles;
        this.progress = progress;
        this.limits = limits;
        this.clock = clock;
        this.ticker = ticker;
    }

    /**
     * Why it has not passed; empty when it has.
     *
     * @param expected version of each bundle by its symbolic name
     */
    Optional<String> fault(Baseline before, Map<String, String> expected)
            throws InterruptedException {
        HealthGate gate =
                new HealthGate(
                        before,
                        parts,
                        () -> bundles.wrong(expected),
                        new CommitProbe(parts, clock, ticker),
                        ProcessorUse.ofThisProgram(ticker),
                        limits.get(),
                        clock,
                        ticker);
        while (!stopping.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
            HealthGate.Verdict verdict = looks.run(gate::look, HealthGate.Verdict.Failed::new);
            if (verdict instanceof HealthGate.Verdict.Passed) {
                return Optional.empty();
            }
            if (verdict instanceof HealthGate.Verdict.Failed failed) {
                return Optional.of(failed.reason());
            }
            if (verdict instanceof HealthGate.Verdict.Waiting waiting) {
                progress.at(waiting.reason());
            }
        }
        throw stopped();
    }

    /**
     * @throws InterruptedException when nobody is to go on
     */
    void requireGoingOn() throws InterruptedException {
        if (stopping.getCount() == 0) {
            throw stopped();
        }
    }

    private static InterruptedException stopped() {
        return new InterruptedException("the updater stops");
    }

    @Override
    public void close() {
        stopping.countDown();
        looks.close();
    }
}
