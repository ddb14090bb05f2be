package io.visionops.login.internal.web;

import io.visionops.login.internal.guard.LoginListener;
import io.visionops.login.internal.guard.Visitor;
import io.visionops.login.internal.realm.Authenticator;
import io.visionops.login.internal.realm.User;
import io.visionops.support.UrlSecrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.karaf.jaas.boot.principal.ClientPrincipal;
import org.osgi.framework.Bundle;
import org.osgi.service.http.context.ServletContextHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The context of all pages of ours: asks for name and password before any servlet sees the request,
 * unless the page is open, and lets in whom {@link PageRules} allow. It belongs to this bundle,
 * which is not swapped, so that no part that shows pages decides who sees them. Thread-safe.
 */
public final class LoginPageContext extends ServletContextHelper {

    /** What servlets name in {@code osgi.http.whiteboard.context.select}. */
    public static final String NAME = "visionops";

    private static final Logger LOG = LoggerFactory.getLogger(LoginPageContext.class);

    private final Authenticator authenticator;
    private final LoginListener listener;

    public LoginPageContext(Bundle bundle, Authenticator authenticator, LoginListener listener) {
        super(bundle);
        this.listener = listener;
        this.authenticator = authenticator;
    }

    @Override
    public boolean handleSecurity(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (PageRules.isOpen(request.getMethod(), request.getRequestURI())) {
            return true;
        }
        Optional<BasicLogin> login =
                BasicLogin.of(Collections.list(request.getHeaders("Authorization")));
        Optional<User> user;
        try {
            user = login.isEmpty() ? Optional.empty() : user(login.get(), request);
        } catch (IOException e) {
            LOG.error("nobody logs in: users.properties cannot be read: {}", e.getMessage());
            return refuse(response, 503, "nobody can log in now: see the log");
        }
        if (user.isEmpty()) {
            response.setHeader("WWW-Authenticate", "Basic realm=\"VisionOps\", charset=\"UTF-8\"");
            return refuse(response, 401, "a login is needed");
        }
        if (!PageRules.allow(request.getMethod(), request.getRequestURI(), user.get().roles())) {
            listener.forbidden(
                    Visitor.of(user.get().name(), true, List.of(client(request))),
                    request.getMethod() + " " + UrlSecrets.mask(request.getRequestURI()));
            return refuse(response, 403, "user " + user.get().name() + " may not do this");
        }
        request.setAttribute(REMOTE_USER, user.get().name());
        request.setAttribute(AUTHENTICATION_TYPE, HttpServletRequest.BASIC_AUTH);
        return true;
    }

    private Optional<User> user(BasicLogin login, HttpServletRequest request) throws IOException {
        return authenticator.login(login.name(), login.password(), List.of(client(request)));
    }

    private static ClientPrincipal client(HttpServletRequest request) {
        return new ClientPrincipal(
                Visitor.HTTP, request.getRemoteAddr() + ":" + request.getRemotePort());
    }

    private static boolean refuse(HttpServletResponse response, int status, String reason)
            throws IOException {
        byte[] text = (reason + "\n").getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("text/plain;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(text.length);
        response.getOutputStream().write(text);
        return false;
    }
}
