package io.visionops.updater.internal.source;

import io.visionops.api.time.Ticker;
import io.visionops.support.thread.DaemonThreads;
import io.visionops.updater.internal.metadata.ReleaseFile;
import io.visionops.updater.internal.metadata.RepositoryException;
import io.visionops.updater.internal.metadata.RepositoryException.Reason;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * A repository at an address. Signatures, not TLS, are what protects releases: {@code http} is
 * allowed. Thread-safe.
 */
public final class HttpSource implements Source {

    private static final int THREADS = 4;
    private static final int WAITING = 1000;

    private final OpenRequests open = new OpenRequests();
    private final ThreadPoolExecutor executor;
    private final HttpFetch fetch;
    private final URI folder;

    /**
     * @param address of a folder; with a slash at its end or without
     * @throws IllegalArgumentException when it is none
     */
    public HttpSource(URI address, HttpLimits limits, Ticker ticker) {
        folder = folder(address);
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
        fetch = new HttpFetch(client, limits, ticker, open);
    }

    /**
     * The folder that an address is of.
     *
     * @throws IllegalArgumentException with one line that does not name it, since it may hold a
     *     password
     */
    public static URI folder(URI address) {
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
        String text = address.toString();
        return text.endsWith("/") ? address : URI.create(text + "/");
    }

    @Override
    public byte[] metadata(String name, int most) throws RepositoryException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        fetch.get(
                folder.resolve(name),
                HttpFetch.Range.upTo(most),
                new HttpFetch.Receiver() {
                    @Override
                    public void fromStart() {
                        body.reset();
                    }

                    @Override
                    public void bytes(ByteBuffer part) throws RepositoryException {
                        if (body.size() + part.remaining() > most) {
                            throw new RepositoryException(
                                    Reason.TOO_LARGE, name + " is larger than " + most + " bytes");
                        }
                        byte[] copied = new byte[part.remaining()];
                        part.get(copied);
                        body.writeBytes(copied);
                    }
                });
        return body.toByteArray();
    }

    @Override
    public void file(ReleaseFile file, Path target, Progress progress) throws RepositoryException {
        PartFile.receive(file, target, progress, part -> receive(file, part));
    }

    private void receive(ReleaseFile file, PartFile part) throws RepositoryException {
        if (part.missing() == 0) {
            return;
        }
        fetch.get(
                folder.resolve("targets/" + file.sha256()),
                HttpFetch.Range.from(part.length(), file.length()),
                new HttpFetch.Receiver() {
                    @Override
                    public void fromStart() throws RepositoryException {
                        part.restart();
                    }

                    @Override
                    public void bytes(ByteBuffer bytes) throws RepositoryException {
                        part.append(bytes);
                    }
                });
        if (part.missing() > 0) {
            // What has come stays, and the rest is asked for the next time.
            throw new RepositoryException(
                    Reason.UNREACHABLE, "targets/" + file.sha256() + " ended too early");
        }
    }

    /** Whoever waits for an answer is told that it is cancelled. */
    @Override
    public void close() {
        open.close();
        executor.shutdownNow();
    }
}
