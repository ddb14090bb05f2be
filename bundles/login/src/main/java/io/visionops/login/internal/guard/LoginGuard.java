package io.visionops.login.internal.guard;

import io.visionops.api.time.Ticker;
import io.visionops.support.throttle.FailedAttempts;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Decides for every door whether a password may be tried now. After some failures in a row a user,
 * and an address other than this computer's, waits 1, 2, 4 ... 60 s between two tries; what comes
 * sooner is refused unseen and does not prolong the wait. One password is checked at a time, so
 * that tries side by side are counted like tries in turn, and memory stays that of one check.
 * Thread-safe.
 */
public final class LoginGuard {

    private static final int FREE_TRIES_OF_A_USER = 3;
    private static final int FREE_TRIES_OF_AN_ADDRESS = 10;

    /** The ssh server checks passwords in one of the few threads that serve all its connections. */
    private static final Duration LONGEST_QUEUE = Duration.ofSeconds(2);

    private final Ticker ticker;

    private final ReentrantLock turn = new ReentrantLock(true);

    /**
     * Guarded by "turn", as the tables below; strangers' names must not push out those of users.
     */
    private final FailureTable users = new FailureTable();

    private final FailureTable strangers = new FailureTable();
    private final FailureTable addresses = new FailureTable();

    private final RefusalLog refusals;

    public LoginGuard(Ticker ticker, Logger log, LoginListener listener) {
        this.ticker = ticker;
        refusals = new RefusalLog(log, ticker, listener);
    }

    /** Lets the visitor try: is the password right, by {@code check}, and was it time to ask? */
    public boolean tries(Visitor visitor, BooleanSupplier check) {
        if (!waitForTurn()) {
            refusals.refused(visitor, "too many logins at a time", Duration.ZERO);
            return false;
        }
        try {
            Duration delay = delay(visitor);
            if (!delay.isZero()) {
                refusals.refused(visitor, "too many wrong passwords", delay);
                return false;
            }
            if (check.getAsBoolean()) {
                table(visitor).clear(visitor.user());
                addresses.clear(visitor.address());
                return true;
            }
            failed(visitor);
            return false;
        } finally {
            turn.unlock();
        }
    }

    private boolean waitForTurn() {
        try {
            return turn.tryLock(LONGEST_QUEUE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void failed(Visitor visitor) {
        int inARow = count(table(visitor), visitor.user());
        if (!visitor.isLocal()) {
            count(addresses, visitor.address());
        }
        String reason = inARow == 1 ? "wrong password" : "wrong password, " + inARow + " in a row";
        refusals.refused(visitor, reason, delay(visitor));
    }

    private int count(FailureTable table, String name) {
        long now = ticker.nanos();
        FailedAttempts before = table.of(name);
        FailedAttempts after = before == null ? new FailedAttempts(1, now) : before.again(now);
        table.put(name, after);
        return after.count();
    }

    private Duration delay(Visitor visitor) {
        Duration ofUser = delay(table(visitor).of(visitor.user()), FREE_TRIES_OF_A_USER);
        Duration ofAddress =
                visitor.isLocal()
                        ? Duration.ZERO
                        : delay(addresses.of(visitor.address()), FREE_TRIES_OF_AN_ADDRESS);
        return ofUser.compareTo(ofAddress) > 0 ? ofUser : ofAddress;
    }

    private Duration delay(@Nullable FailedAttempts failures, int free) {
        return failures == null ? Duration.ZERO : failures.delay(free, ticker.nanos());
    }

    private FailureTable table(Visitor visitor) {
        return visitor.known() ? users : strangers;
    }
}
