package io.visionops.inference.internal.model;

import io.visionops.api.model.ModelException;
import io.visionops.api.time.Ticker;
import io.visionops.support.breaker.Breaker;
import io.visionops.support.breaker.BreakerPolicy;
import io.visionops.support.breaker.BreakerStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a model over HTTP, with a limit for the connection, for the whole and for the size.
 * Follows redirections, though not from https to http; the proxy is the JVM's.
 */
final class ModelFetcher {

    /** A person waits: much sooner than other calls. */
    static final BreakerPolicy POLICY =
            BreakerPolicy.DEFAULT.waiting(Duration.ofSeconds(10), Duration.ofMinutes(2));

    private final Duration connectLimit;
    private final Duration limit;
    private final long mostBytes;
    private final Breaker breaker;

    /**
     * @param connectLimit for the connection and for the begin of the answer
     * @param limit for all of it
     */
    ModelFetcher(Duration connectLimit, Duration limit, long mostBytes, Ticker ticker) {
        this.connectLimit = connectLimit;
        this.limit = limit;
        this.mostBytes = mostBytes;
        this.breaker = new Breaker("model download", POLICY, ticker);
    }

    BreakerStatus breaker() {
        return breaker.status();
    }

    /**
     * @param target an empty file that gets the bytes
     * @throws ModelException when it does not come, with the reason, or is not asked for since no
     *     server has answered before
     */
    void fetch(URI source, Path target) throws ModelException {
        if (!breaker.tryAcquire()) {
            throw new ModelException(breaker.status().words());
        }
        HttpClient client =
                HttpClient.newBuilder()
                        .connectTimeout(connectLimit)
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .build();
        HttpRequest request = HttpRequest.newBuilder(source).timeout(connectLimit).build();
        CompletableFuture<HttpResponse<Void>> answer =
                client.sendAsync(request, head -> receive(head, target));
        try {
            HttpResponse<Void> response = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            // Whatever it says: it answers.
            breaker.succeeded();
            if (response.statusCode() != 200) {
                throw new ModelException(source + " answers " + response.statusCode());
            }
        } catch (TimeoutException e) {
            throw failed(source + " was not fetched within " + limit.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw failed(source + " cannot be fetched: " + reason(e.getCause()), e);
        } catch (InterruptedException e) {
            breaker.cancelled();
            Thread.currentThread().interrupt();
            throw new ModelException("interrupted", e);
        } finally {
            answer.cancel(true);
        }
    }

    private ModelException failed(String words, Exception cause) {
        ModelException failure = new ModelException(words, cause);
        if (cause.getCause() instanceof TooLarge) {
            breaker.succeeded();
        } else {
            breaker.failed(failure);
        }
        return failure;
    }

    private HttpResponse.BodySubscriber<Void> receive(HttpResponse.ResponseInfo head, Path target) {
        return head.statusCode() == 200
                ? new Receiver(target, mostBytes)
                : HttpResponse.BodySubscribers.replacing(null);
    }

    private static String reason(@Nullable Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof UnresolvedAddressException) {
                return "the host name is not known; is there a network?";
            }
            if (at instanceof TooLarge tooLarge) {
                return String.valueOf(tooLarge.getMessage());
            }
        }
        if (cause instanceof HttpTimeoutException) {
            return "no answer in time";
        }
        if (cause instanceof ConnectException && cause.getMessage() == null) {
            return "no connection";
        }
        return String.valueOf(cause);
    }

    private static final class TooLarge extends IOException {

        private static final long serialVersionUID = 1L;

        TooLarge(long most) {
            super("it is larger than " + most / 1_000_000 + " MB");
        }
    }

    /** Writes what comes to the file, up to the limit. */
    private static final class Receiver implements HttpResponse.BodySubscriber<Void> {

        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private final Path target;
        private final long most;
        private @Nullable FileChannel file;
        private Flow.@Nullable Subscription subscription;
        private long received;

        Receiver(Path target, long most) {
            this.target = target;
            this.most = most;
        }

        @Override
        public CompletionStage<Void> getBody() {
            return done;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            try {
                file = FileChannel.open(target, StandardOpenOption.WRITE);
                given.request(Long.MAX_VALUE);
            } catch (IOException e) {
                given.cancel();
                done.completeExceptionally(e);
            }
        }

        @Override
        public void onNext(List<ByteBuffer> parts) {
            try {
                for (ByteBuffer part : parts) {
                    received += part.remaining();
                    if (received > most) {
                        throw new TooLarge(most);
                    }
                    write(part);
                }
            } catch (IOException e) {
                if (subscription != null) {
                    subscription.cancel();
                }
                onError(e);
            }
        }

        private void write(ByteBuffer part) throws IOException {
            while (file != null && part.hasRemaining()) {
                file.write(part);
            }
        }

        @Override
        public void onError(Throwable failure) {
            close();
            done.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            close();
            done.complete(null);
        }

        private void close() {
            try {
                if (file != null) {
                    file.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
