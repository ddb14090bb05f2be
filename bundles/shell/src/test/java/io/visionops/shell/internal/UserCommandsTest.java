package io.visionops.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.subject.Actor;
import io.visionops.api.user.UserException;
import io.visionops.api.user.UserInfo;
import io.visionops.api.user.UserRole;
import io.visionops.api.user.Users;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserCommandsTest extends ShellTest {

    @TempDir Path folder;

    private final FakeUsers users = new FakeUsers();
    private Path file;

    @BeforeEach
    void offer() throws Exception {
        console.offer(Users.class, users);
        file = Files.writeString(folder.resolve("pw"), "correct horse\n");
    }

    @Test
    void changesReachTheDirectoryWithThePasswordOfTheFile() {
        assertThat(console.run("user-add anna --role operator --password-file " + file))
                .isEqualTo("user anna is added as operator\n");
        assertThat(console.run("user-passwd anna --json --password-file " + file))
                .isEqualTo("{\"user\":\"anna\",\"done\":\"changed\"}\n");
        assertThat(console.run("user-remove anna")).isEqualTo("user anna is removed\n");

        assertThat(users.calls)
                .containsExactly(
                        "add anna OPERATOR correct horse",
                        "password anna correct horse",
                        "remove anna");
    }

    @Test
    void whatIsWrongIsOneLineWithoutThePassword() {
        assertThat(console.fail("user-add anna --role boss --password-file " + file))
                .isEqualTo("--role boss: must be viewer, operator or admin\n");
        assertThat(console.fail("user-passwd anna"))
                .isEqualTo(
                        "there is no terminal to ask for the password: give --password-file"
                                + " FILE\n");
        assertThat(console.fail("user-passwd anna secret")).doesNotContain("another password");
        users.refuses = Optional.of(new UserException("user admin is the last admin"));
        assertThat(console.fail("user-remove admin")).isEqualTo("user admin is the last admin\n");
        assertThat(users.calls).isEmpty();
    }

    @Test
    void usersAreListedWithTheirRoles() {
        assertThat(console.run("user-list"))
                .containsPattern("admin .*admin .*yes .*no")
                .containsPattern("old .*none .*no .*yes");
        assertThat(console.run("user-list --json"))
                .isEqualTo(
                        "[{\"name\":\"admin\",\"role\":\"admin\",\"password\":true,"
                                + "\"key\":false},"
                                + "{\"name\":\"old\",\"role\":null,\"password\":false,"
                                + "\"key\":true}]\n");
    }

    @Test
    void namesAndRolesAreCompleted() {
        assertThat(console.complete("user-remove ad")).containsExactly("admin");
        assertThat(console.complete("user-add anna --role vi")).contains("viewer");
    }

    private static final class FakeUsers implements Users {

        final List<String> calls = new ArrayList<>();
        Optional<UserException> refuses = Optional.empty();

        @Override
        public List<UserInfo> list() {
            return List.of(
                    new UserInfo("admin", Optional.of(UserRole.ADMIN), true, false),
                    new UserInfo("old", Optional.empty(), false, true));
        }

        @Override
        public void add(String name, UserRole role, String password, Actor by)
                throws UserException {
            call("add " + name + " " + role + " " + password);
        }

        @Override
        public void remove(String name, Actor by) throws UserException {
            call("remove " + name);
        }

        @Override
        public void setPassword(String name, String password, Actor by) throws UserException {
            call("password " + name + " " + password);
        }

        private void call(String what) throws UserException {
            if (refuses.isPresent()) {
                throw refuses.get();
            }
            calls.add(what);
        }
    }
}
