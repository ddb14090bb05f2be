package io.visionops.login.internal.realm;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.login.internal.digest.StoredPassword;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsersFileTest {

    private static final StoredPassword NEW = new StoredPassword("new");

    @TempDir Path etc;

    @Test
    void oneLineIsReplacedAndAllOthersStay() throws Exception {
        assertThat(
                        replaced(
                                "anna",
                                "# anna = x\r\n\nadmin=old,a \\\n  ,b\nanna=old , c\n_g_\\:c = group,d"))
                .isEqualTo(
                        "# anna = x\r\n\nadmin=old,a \\\n  ,b\nanna = new, c\n_g_\\:c = group,d");
    }

    @Test
    void aLineThatGoesOnIsReplacedAsAWhole() throws Exception {
        assertThat(replaced("anna", "anna = old, \\\n   c\nbob = x\n"))
                .isEqualTo("anna = new, c\nbob = x\n");
    }

    @Test
    void theLastLineMayHaveNoEnd() throws Exception {
        assertThat(replaced("anna", "anna = old")).isEqualTo("anna = new\n");
    }

    @Test
    void aNameMayHoldWhatTheFileIsWrittenWith() throws Exception {
        assertThat(replaced("a b:c", "a\\ b\\:c = old,d\n")).isEqualTo("a\\ b\\:c = new,d\n");
    }

    @Test
    void aBackslashInARoleStays() throws Exception {
        assertThat(replaced("anna", "anna = old,DOM\\\\c\n")).isEqualTo("anna = new,DOM\\\\c\n");
    }

    @Test
    void whatSomebodyChangedMeanwhileStays() throws Exception {
        Path file = Files.writeString(etc.resolve("users.properties"), "anna = old\n");
        UsersFile users = new UsersFile(file);
        User anna = users.find("anna").orElseThrow();

        Files.writeString(file, "anna = newer\n");
        users.replace(anna, NEW);

        assertThat(file).hasContent("anna = newer");
    }

    private String replaced(String name, String before) throws Exception {
        Path file = Files.writeString(etc.resolve("users.properties"), before);
        UsersFile users = new UsersFile(file);
        users.replace(users.find(name).orElseThrow(), NEW);
        return Files.readString(file);
    }
}
