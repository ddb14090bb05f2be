package io.visionops.login.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.time.Ticker;
import io.visionops.login.internal.digest.Argon2id;
import io.visionops.login.internal.guard.LoginListener;
import io.visionops.login.internal.realm.Authenticator;
import io.visionops.login.internal.realm.UsersFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionLoginTest {

    private static final List<String> COOKIE = List.of("a=b; JSESSIONID=node01");
    private static final String PAGE = "/system/console/bundles";

    @TempDir Path etc;

    private SessionLogin sessions;

    @BeforeEach
    void createSessions() throws Exception {
        Files.writeString(etc.resolve("users.properties"), "anna = right,admin\n");
        sessions =
                new SessionLogin(
                        new Authenticator(
                                new UsersFile(etc.resolve("users.properties")),
                                new Argon2id(),
                                Ticker.system(),
                                LoginListener.NONE,
                                Runnable::run));
    }

    private boolean isOver(String uri, List<String> cookies, String... logins) {
        List<String> headers =
                List.of(logins).stream()
                        .map(one -> one.getBytes(StandardCharsets.UTF_8))
                        .map(one -> "Basic " + Base64.getEncoder().encodeToString(one))
                        .toList();
        return sessions.isOver(uri, cookies, headers, "127.0.0.1:4711");
    }

    @Test
    void aSessionGoesOnWhileItsLoginHolds() {
        assertThat(isOver(PAGE, COOKIE, "anna:right")).isFalse();
        assertThat(isOver(PAGE, COOKIE, "anna:right")).isFalse();
    }

    @Test
    void aSessionIsOverWhenItsUserIsRemovedOrHasAnotherPassword() throws Exception {
        assertThat(isOver(PAGE, COOKIE, "anna:right")).isFalse();

        Files.writeString(etc.resolve("users.properties"), "bob = right,admin\n");

        assertThat(isOver(PAGE, COOKIE, "anna:right")).isTrue();
        assertThat(isOver("/x;jsessionid=node01", List.of(), "anna:right")).isTrue();
        assertThat(isOver(PAGE, COOKIE, "anna:right", "bob:right")).isTrue();
    }

    @Test
    void whatIsNoSessionOrHasNoLoginIsNotLookedAtHere() {
        assertThat(isOver(PAGE, List.of(), "anna:wrong")).isFalse();
        assertThat(isOver(PAGE, COOKIE)).isFalse();
        assertThat(isOver(null, List.of("x"), "anna:wrong")).isFalse();
    }
}
