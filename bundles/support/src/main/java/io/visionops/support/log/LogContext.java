package io.visionops.support.log;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What each line of the log says besides its message while a thread is at one piece of work: which
 * one, and of which camera. Set once at the beginning of the work, not for each line. For the
 * thread that opened it; the innermost is closed first, and the one around it holds again.
 */
public final class LogContext implements AutoCloseable {

    /** Key of the camera's name. */
    public static final String CAMERA = "camera";

    /** Key of the id that all lines of one piece of work have in common. */
    public static final String CORRELATION = "correlation";

    private static final long BITS = (1L << 48) - 1;

    /** A value to be put back; null for none. */
    private record Before(String key, @Nullable String value) {}

    private final Deque<Before> before = new ArrayDeque<>(2);

    private LogContext() {}

    /** A piece of work with an id of its own, or within the one that the thread is at. */
    public static LogContext work() {
        LogContext context = new LogContext();
        if (MDC.get(CORRELATION) == null) {
            context.put(CORRELATION, newId());
        }
        return context;
    }

    /** A piece of work that somebody else has named. */
    public static LogContext work(String id) {
        LogContext context = new LogContext();
        context.put(CORRELATION, id);
        return context;
    }

    /** One session with a camera, with an id of its own. */
    public static LogContext session(String camera) {
        LogContext context = new LogContext();
        context.put(CAMERA, camera);
        context.put(CORRELATION, newId());
        return context;
    }

    /** What is about a camera; the id stays. */
    public static LogContext camera(String camera) {
        LogContext context = new LogContext();
        context.put(CAMERA, camera);
        return context;
    }

    /** For another thread: the work under the id that this thread is at, or under a new one. */
    public static Runnable carried(Runnable work) {
        String here = id();
        String id = here == null ? newId() : here;
        return () -> {
            LogContext context = work(id);
            try {
                work.run();
            } finally {
                context.close();
            }
        };
    }

    /** Twelve hexadecimal digits. No secret. */
    public static String newId() {
        return String.format(Locale.ROOT, "%012x", ThreadLocalRandom.current().nextLong() & BITS);
    }

    /** The id of what the thread is at; null for none. */
    public static @Nullable String id() {
        return MDC.get(CORRELATION);
    }

    private void put(String key, String value) {
        before.push(new Before(key, MDC.get(key)));
        MDC.put(key, value);
    }

    @Override
    public void close() {
        while (!before.isEmpty()) {
            Before one = before.pop();
            if (one.value() == null) {
                MDC.remove(one.key());
            } else {
                MDC.put(one.key(), one.value());
            }
        }
    }
}
