package io.visionops.updater.internal.source;

import io.visionops.api.time.Ticker;
import io.visionops.support.thread.DaemonThreads;
import io.visionops.updater.internal.metadata.ReleaseFile;
import io.visionops.updater.internal.metadata.RepositoryException;
import io.visionops.updater.internal.metadata.RepositoryException.Reason;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * A repository by HTTP, at one address or at several of which each has all of it; they are tried in
 * turn. Signatures, not TLS, are what protects releases: {@code http} is allowed. Thread-safe.
 */
public final class HttpSource implements Source, AutoCloseable {

    private static final int THREADS = 4;
    private static final int WAITING = 1000;

    private final List<Mirror> mirrors = new ArrayList<>();
    private final OpenRequests open = new OpenRequests();
    private final ThreadPoolExecutor executor;

    /**
     * @param addresses of folders; with a slash at their end or without
     * @throws IllegalArgumentException when one is none
     */
    public HttpSource(List<URI> addresses, HttpLimits limits, Ticker ticker) {
        addresses.forEach(HttpSource::require);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("no address of a repository");
        }
        executor =
                DaemonThreads.pool(
                        "visionops-updater-http", THREADS, WAITING, Duration.ofSeconds(10));
        HttpClient client =
                HttpClient.newBuilder()
                        .executor(executor)
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(limits.connect())
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
        for (URI one : addresses) {
            String text = one.toString();
            URI folder = text.endsWith("/") ? one : URI.create(text + "/");
            mirrors.add(new Mirror(new HttpFetch(client, limits, ticker, open), folder));
        }
    }

    @Override
    public byte[] metadata(String name, int most) throws RepositoryException {
        return inTurn(one -> one.metadata(name, most));
    }

    @Override
    public void file(ReleaseFile file, Path target, Progress progress) throws RepositoryException {
        inTurn(
                one -> {
                    one.file(file, target, progress);
                    return target;
                });
    }

    @Override
    public List<Source> mirrors() {
        return List.copyOf(mirrors);
    }

    /** Whoever waits for an answer is told that it is cancelled. */
    @Override
    public void close() {
        open.close();
        executor.shutdownNow();
    }

    private interface Ask<T> {
        T from(Mirror mirror) throws RepositoryException;
    }

    /** The first failure is told: it is of the mirror that is named first. */
    private <T> T inTurn(Ask<T> ask) throws RepositoryException {
        RepositoryException first = null;
        for (Mirror one : mirrors) {
            try {
                return ask.from(one);
            } catch (RepositoryException e) {
                if (e.reason() == Reason.LOCAL || e.reason() == Reason.CANCELLED) {
                    throw e;
                }
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        throw first == null ? new RepositoryException(Reason.MISSING, "no mirror") : first;
    }

    private static void require(URI address) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException(
                    "the address of a repository begins with http:// or https://");
        }
        if (address.getHost() == null
                || address.getRawQuery() != null
                || address.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "the address of a repository has a host, and neither ? nor #");
        }
        if (address.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "the address of a repository has no login: releases are for everybody");
        }
    }
}
