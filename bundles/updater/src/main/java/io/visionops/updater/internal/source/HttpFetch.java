package io.visionops.updater.internal.source;

import io.visionops.api.time.Ticker;
import io.visionops.updater.internal.metadata.RepositoryException;
import io.visionops.updater.internal.metadata.RepositoryException.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One request: what may come is said before, and what comes otherwise is refused. Stateless. */
final class HttpFetch {

    private static final int MOST_REDIRECTS = 3;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private final HttpClient client;
    private final HttpLimits limits;
    private final Ticker ticker;
    private final OpenRequests open;

    HttpFetch(HttpClient client, HttpLimits limits, Ticker ticker, OpenRequests open) {
        this.client = client;
        this.limits = limits;
        this.ticker = ticker;
        this.open = open;
    }

    /**
     * What is asked for.
     *
     * @param first the first byte that is missing
     * @param length of the whole, or the limit for it
     * @param exact whether {@code length} is known
     */
    record Range(long first, long length, boolean exact) {

        static Range upTo(int most) {
            return new Range(0, most, false);
        }

        static Range from(long first, long length) {
            return new Range(first, length, true);
        }
    }

    /** Where bytes go, by the thread that asked. */
    interface Receiver {

        /** The server gives all of it, though only the rest was asked for. */
        void fromStart() throws RepositoryException;

        void bytes(ByteBuffer bytes) throws RepositoryException;
    }

    void get(URI address, Range range, Receiver receiver) throws RepositoryException {
        Pace pace =
                new Pace(
                        limits,
                        range.exact() ? limits.file() : limits.metadata(),
                        ticker,
                        open,
                        address.toString());
        URI at = address;
        for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
            Optional<URI> moved = getOnce(at, range, receiver, pace);
            if (moved.isEmpty()) {
                return;
            }
            at = moved.get();
        }
        throw new RepositoryException(Reason.UNREACHABLE, address + " redirects in a circle");
    }

    /** The address to which it was moved; empty when all has come. */
    private Optional<URI> getOnce(URI address, Range range, Receiver receiver, Pace pace)
            throws RepositoryException {
        BodyQueue body = new BodyQueue();
        CompletableFuture<HttpResponse<BodyQueue>> answer = ask(address, range, body);
        Runnable abort =
                () -> {
                    answer.cancel(true);
                    body.abort();
                };
        open.add(abort);
        try {
            Duration limit = pace.left(limits.connect());
            HttpResponse<BodyQueue> response =
                    answer.get(limit.toMillis() + 1, TimeUnit.MILLISECONDS);
            return receive(address, response, body, range, receiver, pace);
        } catch (CancellationException e) {
            throw new RepositoryException(Reason.CANCELLED, "stopped", e);
        } catch (TimeoutException e) {
            throw new RepositoryException(Reason.TOO_SLOW, address + " does not answer in time", e);
        } catch (ExecutionException e) {
            throw unreachable(address, e.getCause());
        } catch (BodyQueue.SlowException e) {
            throw pace.tooSlow();
        } catch (IOException e) {
            pace.left();
            throw new RepositoryException(
                    Reason.UNREACHABLE, address + " ended before all of it had come", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RepositoryException(Reason.CANCELLED, "stopped", e);
        } finally {
            open.remove(abort);
            answer.cancel(true);
            body.close();
        }
    }

    private CompletableFuture<HttpResponse<BodyQueue>> ask(URI address, Range range, BodyQueue body)
            throws RepositoryException {
        open.requireOpen();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address)
                        .timeout(limits.connect())
                        .header("Accept-Encoding", "identity");
        if (range.first() > 0) {
            request.header("Range", "bytes=" + range.first() + "-");
        }
        try {
            return client.sendAsync(request.GET().build(), head -> body);
        } catch (RejectedExecutionException e) {
            throw new RepositoryException(Reason.CANCELLED, "stopped", e);
        }
    }

    private Optional<URI> receive(
            URI address,
            HttpResponse<?> response,
            BodyQueue body,
            Range range,
            Receiver receiver,
            Pace pace)
            throws RepositoryException, IOException, InterruptedException {
        switch (response.statusCode()) {
            case 200 -> {
                requireLength(address, response, range, 0);
                if (range.first() > 0) {
                    receiver.fromStart();
                }
            }
            case 206 -> {
                requireRange(address, response, range);
                requireLength(address, response, range, range.first());
            }
            case 301, 302, 303, 307, 308 -> {
                return Optional.of(moved(address, response));
            }
            case 403, 404, 410 ->
                    throw new RepositoryException(
                            Reason.MISSING, address + " answers " + response.statusCode());
            default ->
                    throw new RepositoryException(
                            Reason.UNREACHABLE, address + " answers " + response.statusCode());
        }
        for (List<ByteBuffer> parts = body.next(pace.left());
                parts != null;
                parts = body.next(pace.left())) {
            int came = 0;
            for (ByteBuffer part : parts) {
                came += part.remaining();
                receiver.bytes(part);
            }
            pace.came(came);
        }
        return Optional.empty();
    }

    /** What is packed would be other bytes than those that are signed, and without an end. */
    private static void requireLength(
            URI address, HttpResponse<?> response, Range range, long first)
            throws RepositoryException {
        String encoding = response.headers().firstValue("Content-Encoding").orElse("identity");
        if (!encoding.equalsIgnoreCase("identity")) {
            throw new RepositoryException(
                    Reason.DAMAGED, address + " comes packed, though that was not asked for");
        }
        OptionalLong said = length(response);
        if (said.isEmpty()) {
            return;
        }
        long expected = range.length() - first;
        if (said.getAsLong() > expected) {
            throw new RepositoryException(
                    Reason.TOO_LARGE,
                    address
                            + " has "
                            + said.getAsLong()
                            + " bytes, at most "
                            + expected
                            + " may come");
        }
        if (range.exact() && said.getAsLong() < expected) {
            throw new RepositoryException(
                    Reason.DAMAGED,
                    address + " has " + said.getAsLong() + " bytes, " + expected + " are signed");
        }
    }

    private static void requireRange(URI address, HttpResponse<?> response, Range range)
            throws RepositoryException {
        String said = response.headers().firstValue("Content-Range").orElse("");
        String expected =
                "bytes " + range.first() + "-" + (range.length() - 1) + "/" + range.length();
        if (range.first() == 0 || !said.equals(expected)) {
            throw new RepositoryException(
                    Reason.DAMAGED,
                    address + " gives another part than the one that was asked for");
        }
    }

    private static OptionalLong length(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Content-Length")
                .filter(text -> NUMBER.matcher(text).matches())
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElse(OptionalLong.empty());
    }

    /** On the same host only, and never from https to http. */
    private static URI moved(URI address, HttpResponse<?> response) throws RepositoryException {
        URI to;
        try {
            to = address.resolve(response.headers().firstValue("Location").orElse(""));
        } catch (IllegalArgumentException e) {
            throw new RepositoryException(Reason.UNREACHABLE, address + " redirects to nowhere", e);
        }
        boolean same =
                address.getScheme().equalsIgnoreCase(to.getScheme())
                        && address.getHost().equalsIgnoreCase(to.getHost())
                        && address.getPort() == to.getPort()
                        && to.getRawUserInfo() == null;
        if (!same) {
            throw new RepositoryException(
                    Reason.UNREACHABLE,
                    address + " redirects to another host, which is not followed");
        }
        return to;
    }

    private RepositoryException unreachable(URI address, @Nullable Throwable cause) {
        if (open.isClosed()) {
            return new RepositoryException(Reason.CANCELLED, "stopped", cause);
        }
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof UnresolvedAddressException) {
                return new RepositoryException(
                        Reason.UNREACHABLE,
                        address.getHost() + " is not known; is there a network?",
                        cause);
            }
        }
        if (cause instanceof HttpTimeoutException) {
            return new RepositoryException(
                    Reason.TOO_SLOW, address + " does not answer in time", cause);
        }
        return new RepositoryException(Reason.UNREACHABLE, address + " cannot be reached", cause);
    }
}
