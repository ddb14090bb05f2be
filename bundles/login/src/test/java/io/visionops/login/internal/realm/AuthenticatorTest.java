package io.visionops.login.internal.realm;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.login.internal.digest.Argon2id;
import io.visionops.login.internal.guard.LoginListener;
import io.visionops.testkit.ManualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.apache.karaf.jaas.boot.principal.ClientPrincipal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthenticatorTest {

    private static final String SHA256_OF_SECRET =
            "{CRYPT}2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b{CRYPT}";
    private static final List<ClientPrincipal> HERE =
            List.of(new ClientPrincipal("ssh", "/127.0.0.1:4711"));

    @TempDir Path etc;

    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private Executor disk = Runnable::run;
    private Path users;
    private Authenticator authenticator;

    @BeforeEach
    void setUp() throws IOException {
        users = etc.resolve("users.properties");
        Files.writeString(
                users,
                """
                # Who may log in.
                admin = %s,_g_:admingroup
                anna = secret , _g_:operatorgroup, extra
                empty = ,_g_:admingroup
                _g_\\:admingroup = group,admin,ssh
                _g_\\:operatorgroup = group,operator,ssh
                """
                        .formatted(SHA256_OF_SECRET));
        authenticator =
                new Authenticator(
                        new UsersFile(users), new Argon2id(), clock, LoginListener.NONE, disk);
    }

    @Test
    void aUserHasTheRolesOfItsLineAndOfItsGroups() throws Exception {
        User anna = login("anna", "secret").orElseThrow();

        assertThat(anna.groups()).containsExactly("operatorgroup");
        assertThat(anna.roles()).containsExactly("operator", "ssh", "extra");
    }

    @Test
    void theFirstLoginReplacesAnOldDigestAndNothingElse() throws Exception {
        String before = Files.readString(users);

        assertThat(login("admin", "secret")).isPresent();

        String line = line("admin");
        assertThat(line).startsWith("admin = {CRYPT}$argon2id$").endsWith("{CRYPT},_g_:admingroup");
        assertThat(Files.readString(users))
                .isEqualTo(before.replace(before.lines().toList().get(1), line));
        assertThat(login("admin", "secret")).isPresent();
        assertThat(login("admin", "wrong")).isEmpty();
    }

    @Test
    void whoLogsInDoesNotWaitForTheDiskThatItsDigestIsWrittenTo() throws Exception {
        List<Runnable> waiting = new ArrayList<>();
        disk = waiting::add;
        authenticator = authenticator();

        assertThat(login("anna", "secret")).isPresent();
        assertThat(login("anna", "secret")).isPresent();
        assertThat(line("anna")).startsWith("anna = secret");
        waiting.forEach(Runnable::run);

        assertThat(line("anna")).contains("$argon2id$");
        assertThat(login("anna", "secret")).isPresent();
    }

    @Test
    void theFirstLoginReplacesAPasswordThatSomebodyTyped() throws Exception {
        assertThat(login("anna", "secret")).isPresent();

        assertThat(line("anna"))
                .contains("$argon2id$")
                .contains("_g_:operatorgroup")
                .doesNotContain("secret");
        assertThat(login("anna", "secret")).isPresent();
        assertThat(authenticator().login("anna", "secret", HERE)).isPresent();
    }

    @Test
    void aStartReplacesPasswordsThatSomebodyTypedAndNothingElse() throws Exception {
        String umlauts = "otto = gr\u00c3\u00bcn,viewer\n";
        Files.writeString(users, umlauts, StandardCharsets.ISO_8859_1, StandardOpenOption.APPEND);
        String before = Files.readString(users, StandardCharsets.ISO_8859_1);

        authenticator.digestTypedPasswords();

        assertThat(line("anna"))
                .contains("$argon2id$")
                .endsWith("{CRYPT}, _g_:operatorgroup, extra");
        assertThat(Files.readString(users, StandardCharsets.ISO_8859_1))
                .isEqualTo(before.replace(before.lines().toList().get(2), line("anna")));
        assertThat(login("anna", "secret")).isPresent();
        assertThat(login("otto", "gr\u00fcn")).isPresent();
    }

    @Test
    void wrongPasswordsMakeAUserWait() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(login("admin", "wrong")).isEmpty();
        }

        assertThat(login("admin", "secret")).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(login("admin", "secret")).isPresent();
    }

    /** A browser that is logged in sends its password with each request. */
    @Test
    void aPasswordThatWasRightAMomentAgoDoesNotWait() throws Exception {
        login("admin", "secret");
        assertThat(login("admin", "secret")).isPresent();
        for (int i = 0; i < 5; i++) {
            assertThat(login("admin", "wrong")).isEmpty();
        }

        assertThat(login("admin", "secret")).isPresent();
        clock.advance(Duration.ofMinutes(6));
        for (int i = 0; i < 5; i++) {
            assertThat(login("admin", "wrong")).isEmpty();
        }
        assertThat(login("admin", "secret")).isEmpty();
    }

    @Test
    void aPasswordThatWasChangedIsOldAtOnce() throws Exception {
        login("anna", "secret");
        assertThat(login("anna", "secret")).isPresent();

        Files.writeString(
                users,
                Files.readString(users).replace(line("anna"), "anna = other,_g_:operatorgroup"));

        assertThat(login("anna", "secret")).isEmpty();
        assertThat(login("anna", "other")).isPresent();
    }

    @Test
    void neitherGroupsNorStrangersNorEmptyPasswordsLogIn() throws Exception {
        assertThat(login("_g_:admingroup", "group")).isEmpty();
        assertThat(login("nobody", "secret")).isEmpty();
        assertThat(login("empty", "")).isEmpty();
        assertThat(login("", "")).isEmpty();
    }

    /** The time would tell who exists. */
    @Test
    void aStrangerIsRefusedAsSlowlyAsAUser() throws Exception {
        authenticator().login("admin", "warm up", HERE);
        long user = shortest("admin");
        long stranger = shortest("nobody");

        assertThat(stranger).isBetween(user / 3, user * 3);
    }

    private long shortest(String name) throws IOException {
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            Authenticator fresh = authenticator();
            long start = System.nanoTime();
            assertThat(fresh.login(name, "wrong", HERE)).isEmpty();
            shortest = Math.min(shortest, System.nanoTime() - start);
        }
        return shortest;
    }

    private Authenticator authenticator() {
        return new Authenticator(
                new UsersFile(users), new Argon2id(), clock, LoginListener.NONE, disk);
    }

    private Optional<User> login(String name, String password) throws IOException {
        return authenticator.login(name, password, HERE);
    }

    private String line(String user) throws IOException {
        return Files.readAllLines(users).stream()
                .filter(line -> line.startsWith(user + " "))
                .findFirst()
                .orElseThrow();
    }
}
