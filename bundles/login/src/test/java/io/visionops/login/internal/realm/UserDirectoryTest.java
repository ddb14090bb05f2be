package io.visionops.login.internal.realm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.subject.Actor;
import io.visionops.api.time.Ticker;
import io.visionops.api.user.UserException;
import io.visionops.api.user.UserInfo;
import io.visionops.api.user.UserRole;
import io.visionops.login.internal.digest.Argon2id;
import io.visionops.login.internal.guard.LoginListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserDirectoryTest {

    private static final Actor ADMIN = Actor.user("admin");
    private static final String PASSWORD = "correct, horse=battery";
    private static final String GROUPS =
            "_g_\\:admingroup = group,admin,manager,viewer,ssh\n"
                    + "_g_\\:operatorgroup = group,operator,viewer,ssh\n"
                    + "_g_\\:viewergroup = group,viewer,ssh\n";
    private static final String BEFORE =
            "# Who may log in.\nadmin = {CRYPT}x{CRYPT},_g_:admingroup\n" + GROUPS;

    @TempDir Path etc;

    private final List<String> ended = new ArrayList<>();
    private Path file;
    private UserDirectory users;
    private Authenticator logins;

    @BeforeEach
    void createUsers() throws Exception {
        file = Files.writeString(etc.resolve("users.properties"), BEFORE);
        Files.writeString(etc.resolve("admin-password"), "x");
        Argon2id argon2id = new Argon2id();
        UsersFile lines = new UsersFile(file);
        users = new UserDirectory(lines, etc, argon2id, ended::add);
        logins =
                new Authenticator(
                        lines, argon2id, Ticker.system(), LoginListener.NONE, Runnable::run);
    }

    private boolean mayLogIn(String name, String password) throws Exception {
        return logins.login(name, password, List.of()).isPresent();
    }

    @Test
    void aUserIsAddedAndLogsInAtOnceWithItsRole() throws Exception {
        users.add("anna.b", UserRole.OPERATOR, PASSWORD, ADMIN);

        assertThat(logins.login("anna.b", PASSWORD, List.of()).orElseThrow().roles())
                .containsExactly("operator", "viewer", "ssh");
        assertThat(users.list())
                .containsExactly(
                        new UserInfo("admin", Optional.of(UserRole.ADMIN), true, false),
                        new UserInfo("anna.b", Optional.of(UserRole.OPERATOR), true, false));
        assertThat(Files.readString(file))
                .startsWith(BEFORE)
                .contains("anna.b = {CRYPT}$argon2id$")
                .doesNotContain(PASSWORD);
    }

    @Test
    void aUserIsRemovedWithItsKeyAndItsSessions() throws Exception {
        users.add("anna", UserRole.VIEWER, PASSWORD, ADMIN);
        Path keys = etc.resolve("keys.properties");
        Files.writeString(keys, "anna = AAAA,_g_:viewergroup\nbob = BBBB,viewer\n");
        assertThat(mayLogIn("anna", PASSWORD)).isTrue();

        users.remove("anna", ADMIN);

        assertThat(mayLogIn("anna", PASSWORD)).isFalse();
        assertThat(Files.readString(file)).isEqualTo(BEFORE);
        assertThat(keys).hasContent("bob = BBBB,viewer");
        assertThat(ended).containsExactly("anna");
        assertThatThrownBy(() -> users.remove("anna", ADMIN)).isInstanceOf(UserException.class);
    }

    @Test
    void theLastAdminStays() throws Exception {
        assertThatThrownBy(() -> users.remove("admin", ADMIN))
                .isInstanceOf(UserException.class)
                .hasMessage("user admin is the last admin: add another one first");
        assertThat(file).hasContent(BEFORE);

        users.add("anna", UserRole.ADMIN, PASSWORD, ADMIN);
        users.remove("admin", ADMIN);

        assertThatThrownBy(() -> users.remove("anna", ADMIN)).hasMessageContaining("last admin");
        assertThat(etc.resolve("admin-password")).doesNotExist();
    }

    @Test
    void theFirstPasswordIsForgottenWhenItIsChanged() throws Exception {
        users.add("anna", UserRole.VIEWER, PASSWORD, ADMIN);
        users.setPassword("anna", PASSWORD + "2", ADMIN);
        assertThat(etc.resolve("admin-password")).exists();

        users.setPassword("admin", PASSWORD, ADMIN);

        assertThat(etc.resolve("admin-password")).doesNotExist();
        assertThat(mayLogIn("admin", PASSWORD)).isTrue();
        assertThat(mayLogIn("anna", PASSWORD + "2")).isTrue();
        assertThat(mayLogIn("anna", PASSWORD)).isFalse();
        assertThatThrownBy(() -> users.setPassword("bob", PASSWORD, ADMIN))
                .isInstanceOf(UserException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short",
                "elevenchars",
                "aaaaaaaaaaaaaaaa",
                "two\nlines of text",
                "anna-anna-an"
            })
    void aPasswordThatIsGuessedIsRefused(String password) {
        assertThatThrownBy(() -> users.add("anna", UserRole.VIEWER, password, ADMIN))
                .isInstanceOf(UserException.class)
                .hasMessageNotContaining(password);
        assertThat(file).hasContent(BEFORE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "_g_:x", "a b", "a=b", "1a", "a:b", "a\nb", "\u00fc"})
    void aNameThatTheFileCouldNotHoldIsRefused(String name) {
        assertThatThrownBy(() -> users.add(name, UserRole.ADMIN, PASSWORD, ADMIN))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("1..64");
        assertThat(file).hasContent(BEFORE);
    }

    @Test
    void aNameIsTakenOnce() throws Exception {
        users.add("anna", UserRole.VIEWER, PASSWORD, ADMIN);

        assertThatThrownBy(() -> users.add("anna", UserRole.ADMIN, PASSWORD, ADMIN))
                .hasMessage("there is a user anna already");
    }
}
