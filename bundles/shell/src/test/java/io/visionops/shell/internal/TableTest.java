package io.visionops.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TableTest {

    private static final String CAUSE =
            "unauthorised: the camera refuses the user or password (401 Unauthorized)";

    private final Table table =
            new Table("nothing", "Camera", ">Count", "~Cause", "?Size", "?>Reconnects", "?Last");

    @Test
    void withoutATerminalNothingIsCut() {
        table.row("front", 12, CAUSE, "1920x1080", 7, "x".repeat(100));

        assertThat(printed(0)).contains(CAUSE, "1920x1080", "x".repeat(100));
    }

    @Test
    void whatFitsStaysWhole() {
        table.row("front", 12, "well", "1920x1080", 7, "now");

        assertThat(printed(80)).contains("well", "1920x1080", "Reconnects", "now");
    }

    @Test
    void aTextIsShortenedBeforeAColumnGoes() {
        table.row("front", 12, CAUSE, "1920x1080", 7, "now");

        String shown = printed(100);

        assertThat(shown).contains("front", "12", "unauthorised: the camera", "...", "now");
        assertThat(shown.lines()).allMatch(line -> line.stripTrailing().length() <= 100);
    }

    @Test
    void spareColumnsGoFromTheLastAndAreNamed() {
        table.row("front", 12, CAUSE, "1920x1080", 7, "x".repeat(30));

        String shown = printed(60);

        assertThat(shown)
                .contains("front", "12", "1920x1080")
                .contains("left out here: Reconnects, Last\na wider terminal or --json shows all")
                .doesNotContain("xxx");
        assertThat(shown.lines().limit(3)).allMatch(line -> line.stripTrailing().length() <= 60);
    }

    @Test
    void namesAndCountsAreNeverCut() {
        String name = "a".repeat(64);
        table.row(name, 1234567890, CAUSE, "1920x1080", 7, "now");

        assertThat(printed(40)).contains(name, "1234567890", "unauthorised: the cam...");
    }

    private String printed(int width) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        table.print(new PrintStream(bytes, true, StandardCharsets.UTF_8), width);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
