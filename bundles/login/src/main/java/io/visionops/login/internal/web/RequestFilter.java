package io.visionops.login.internal.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before everything that is served over HTTP, whoever registers it and in whichever context:
 * Jetty asks its customizers before it looks for a servlet. Thread-safe.
 */
public final class RequestFilter implements HttpConfiguration.Customizer, ManagedService {

    /** Of etc/io.visionops.login.cfg. */
    public static final String PID = "io.visionops.login";

    private static final Logger LOG = LoggerFactory.getLogger(RequestFilter.class);

    private static final String NAMES = "http.names";
    private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{1,253}|\\[[0-9a-f:.]{2,45}]");

    private final SessionLogin sessions;

    private volatile RequestRules rules = new RequestRules(Set.of());

    public RequestFilter(SessionLogin sessions) {
        this.sessions = sessions;
    }

    @Override
    public void customize(Connector connector, HttpConfiguration config, Request request) {
        Response response = request.getResponse();
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Content-Security-Policy", "frame-ancestors 'none'");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        // With no-referrer browsers send forms with "Origin: null", which would then be refused.
        response.setHeader("Referrer-Policy", "same-origin");
        Optional<String> refusal = rules.refusal(head(request));
        if (refusal.isPresent()) {
            refuse(request, response, 403, "refused: " + refusal.get());
        } else if (isOver(request)) {
            response.setHeader("WWW-Authenticate", "Basic realm=\"karaf\"");
            refuse(request, response, 401, "a login is needed");
        }
    }

    private boolean isOver(Request request) {
        return sessions.isOver(
                request.getRequestURI(),
                request.getHttpFields().getValuesList("Cookie"),
                request.getHttpFields().getValuesList("Authorization"),
                request.getRemoteAddr() + ":" + request.getRemotePort());
    }

    /** Takes the names under which this computer is reached; wrong ones are left out. */
    @Override
    public void updated(@Nullable Dictionary<String, ?> properties) throws ConfigurationException {
        Object names = properties == null ? null : properties.get(NAMES);
        rules = new RequestRules(names == null ? Set.of() : names(names.toString()));
    }

    private static Set<String> names(String text) {
        return Arrays.stream(text.split(","))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .filter(RequestFilter::isName)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isName(String name) {
        if (NAME.matcher(name).matches()) {
            return true;
        }
        LOG.warn(
                "{} in etc/{}.cfg: {} is left out: a name or an address without scheme and port is"
                        + " allowed, such as cameras.example.org",
                NAMES,
                PID,
                name);
        return false;
    }

    private static RequestHead head(Request request) {
        return new RequestHead(
                request.getMethod(),
                request.getHttpFields().getValuesList("Host"),
                request.getHttpFields().getValuesList("Origin"),
                request.getHeader("Referer"),
                request.getHeader("Sec-Fetch-Site"),
                request.getHeader("Sec-Fetch-Mode"),
                request.getHeader("Sec-Fetch-Dest"));
    }

    private static void refuse(Request request, Response response, int status, String reason) {
        request.setHandled(true);
        response.setStatus(status);
        response.setContentType("text/plain;charset=utf-8");
        // The rest of the request is nobody's business.
        response.setHeader("Connection", "close");
        byte[] text = (reason + "\n").getBytes(StandardCharsets.UTF_8);
        response.setContentLength(text.length);
        try {
            response.getOutputStream().write(text);
        } catch (IOException gone) {
            LOG.debug("whoever was refused did not wait for the answer", gone);
        }
    }
}
