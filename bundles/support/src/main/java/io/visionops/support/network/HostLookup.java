package io.visionops.support.network;

import io.visionops.support.thread.DaemonThreads;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Asks the name server by a thread of its own: one that hangs holds up nobody else. Thread-safe.
 */
public final class HostLookup implements AutoCloseable {

    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|.*:.*");
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final ThreadPoolExecutor thread;

    /**
     * @param threadName {@code visionops-PART-WHAT}
     * @param waiting names that wait to be looked up, at most
     */
    public HostLookup(String threadName, int waiting) {
        thread = DaemonThreads.pool(threadName, 1, waiting, IDLE);
    }

    /** Whether no name server is asked: it is an address and no name. */
    public static boolean isLiteral(String host) {
        return LITERAL.matcher(host).matches();
    }

    /** Waits for the name server, unless the host is a literal; empty when it is not known. */
    public static Optional<InetAddress> now(String host) {
        try {
            return Optional.of(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /**
     * Looks it up soon.
     *
     * @param answer is called with what is known then, by the thread of this
     * @return false when too many wait already, or this is closed: the answer never comes
     */
    public boolean later(String host, Consumer<Optional<InetAddress>> answer) {
        try {
            thread.execute(() -> answer.accept(now(host)));
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
