package io.visionops.console.internal;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;

/** Asks the web server for a page, as somebody would who watches the program. */
final class PageProbe {

    /** For the connection, and for the answer. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** The one page that needs no login. */
    private static final String PAGE = "/health/live";

    private PageProbe() {}

    /** How the pages were found. */
    enum Found {
        SERVED,
        NOT_SERVED,
        NO_ANSWER,
        REFUSED,

        /** The web server listens nowhere that can be asked without a certificate. */
        NOT_ASKED
    }

    /**
     * What came of it.
     *
     * @param words what the web server said, for people
     */
    record Outcome(Found found, String words) {}

    /**
     * Asks once, for ten seconds at most.
     *
     * @param endpoints addresses of the web server, as the HTTP whiteboard tells them
     */
    static Outcome ask(String... endpoints) {
        Optional<URI> page = page(endpoints);
        if (page.isEmpty()) {
            return new Outcome(Found.NOT_ASKED, "the web server has no plain HTTP address");
        }
        try {
            int status = status(page.get());
            return new Outcome(found(status), page.get() + " answers " + status);
        } catch (IOException e) {
            return new Outcome(Found.NO_ANSWER, page.get() + " does not answer: " + e.getMessage());
        }
    }

    private static Found found(int status) {
        return switch (status) {
            case 200, 503 -> Found.SERVED;
            // It stands before all pages, and does not know this computer by its own address.
            case 403 -> Found.REFUSED;
            default -> Found.NOT_SERVED;
        };
    }

    private static int status(URI page) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) page.toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout((int) LIMIT.toMillis());
        connection.setReadTimeout((int) LIMIT.toMillis());
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        // Nothing of it stays open until the next time.
        connection.setRequestProperty("Connection", "close");
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }

    private static Optional<URI> page(String... endpoints) {
        for (String endpoint : endpoints) {
            if (endpoint.startsWith("http://")) {
                return Optional.of(page(URI.create(endpoint)));
            }
        }
        return Optional.empty();
    }

    /** A server that listens at all addresses is asked at the one that is always there. */
    private static URI page(URI endpoint) {
        String host = endpoint.getHost();
        boolean anywhere = host == null || host.equals("0.0.0.0") || host.startsWith("[0:0");
        try {
            return new URI(
                    "http",
                    null,
                    anywhere ? "127.0.0.1" : host,
                    endpoint.getPort(),
                    PAGE,
                    null,
                    null);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
