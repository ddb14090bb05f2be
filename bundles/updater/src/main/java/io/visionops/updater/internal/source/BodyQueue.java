package io.visionops.updater.internal.source;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, taken by the thread that asked: so each wait has a limit, and nothing more
 * is asked for before the last part was taken. Takers by one thread.
 */
final class BodyQueue implements HttpResponse.BodySubscriber<BodyQueue>, AutoCloseable {

    /** What has come: bytes, a failure, or the end. */
    private record Item(@Nullable List<ByteBuffer> bytes, @Nullable Throwable failure) {}

    private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();

    /** Guarded by "this". */
    private Flow.@Nullable Subscription subscription;

    /** Guarded by "this". */
    private boolean closed;

    @Override
    public CompletionStage<BodyQueue> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        synchronized (this) {
            subscription = given;
            if (closed) {
                given.cancel();
                return;
            }
        }
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        items.add(new Item(bytes, null));
    }

    @Override
    public void onError(Throwable failure) {
        items.add(new Item(null, failure));
    }

    @Override
    public void onComplete() {
        items.add(new Item(null, null));
    }

    /**
     * The next bytes; null at the end.
     *
     * @throws SlowException when none have come within the limit
     */
    @Nullable List<ByteBuffer> next(Duration limit) throws IOException, InterruptedException {
        Item item = items.poll(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
        if (item == null) {
            throw new SlowException();
        }
        if (item.failure() != null) {
            throw new IOException(String.valueOf(item.failure().getMessage()), item.failure());
        }
        if (item.bytes() != null) {
            requestMore();
        }
        return item.bytes();
    }

    /** Ends the connection if not all has come. */
    @Override
    public synchronized void close() {
        closed = true;
        if (subscription != null) {
            subscription.cancel();
        }
    }

    /** Whoever waits is told that it fails. */
    void abort() {
        items.add(new Item(null, new IOException("stopped")));
        close();
    }

    private synchronized void requestMore() {
        if (subscription != null && !closed) {
            subscription.request(1);
        }
    }

    /** Nothing has come in time. */
    static final class SlowException extends IOException {

        private static final long serialVersionUID = 1L;
    }
}
