package io.visionops.launcher;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What was asked of the Java machine that is held: to end for good, or to be started again. It is
 * ended in order at once, and killed when that takes too long. Thread-safe: signals, heartbeats and
 * the thread that holds the machine come here.
 */
final class ShutdownRequests {

    /** Beyond it, one that was asked to end is killed. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Consumer<String> say;

    /** Counted down when it is to end for good. */
    private final CountDownLatch stopping = new CountDownLatch(1);

    /** Why it is being ended to be started again; guarded by "this". */
    private Optional<String> reason = Optional.empty();

    /** Whether the fewest parts are started then; guarded by "this". */
    private boolean safe;

    /** Guarded by "this". */
    private Optional<JavaMachine> machine = Optional.empty();

    /**
     * @param say takes a line for whoever started the program
     */
    ShutdownRequests(Consumer<String> say) {
        this.say = say;
    }

    /**
     * A restart that was asked for.
     *
     * @param safe with the fewest parts
     */
    record Restart(String reason, boolean safe) {}

    /** From now on this is the machine that is ended. */
    synchronized void hold(JavaMachine next) {
        machine = Optional.of(next);
        if (isStopping()) {
            next.stop();
        }
    }

    /** Ends it for good. */
    synchronized void stop() {
        if (!isStopping()) {
            stopping.countDown();
            machine.ifPresent(this::end);
        }
    }

    /** Ends it to be started again; the first reason is the one that is told. */
    synchronized void restart(String why) {
        if (reason.isEmpty()) {
            String told = why.isEmpty() ? "no reason was given" : why;
            reason = Optional.of(told);
            say.accept("Java is started again: " + told);
            machine.ifPresent(this::end);
        }
    }

    /** Ends it to be started again with the fewest parts, also where a restart is under way. */
    synchronized void restartInSafeMode(String why) {
        safe = true;
        restart(why);
    }

    boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /** Was it asked to end, for good or not? What it does not do any more is no fault then. */
    synchronized boolean isEnding() {
        return isStopping() || reason.isPresent();
    }

    /** Waits for a request to end for good; an interrupt is one. */
    boolean isStoppedWithin(Duration limit) {
        try {
            return stopping.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** The restart that the machine has ended for, if it was one; asked once after its end. */
    synchronized Optional<Restart> takeRestart() {
        boolean fewest = safe;
        Optional<Restart> taken = reason.map(why -> new Restart(why, fewest));
        reason = Optional.empty();
        safe = false;
        return taken;
    }

    private void end(JavaMachine asked) {
        asked.stop();
        Thread killer =
                new Thread(
                        () -> {
                            if (!asked.hasEndedWithin(LIMIT)) {
                                say.accept("did not stop in 30 s and was killed");
                                asked.kill();
                            }
                        },
                        "visionops-stop");
        killer.setDaemon(true);
        killer.start();
    }
}
