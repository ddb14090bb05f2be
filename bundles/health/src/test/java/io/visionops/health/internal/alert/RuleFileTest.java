package io.visionops.health.internal.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.testkit.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleFileTest {

    private static final String DISK = "rule.disk.check = visionops.health.disk\n";
    private static final String CPU = "rule.cpu.check = visionops.health.cpu\n";

    @TempDir Path folder;

    private final ManualClock clock = new ManualClock(AlertBench.NOON);

    private RuleFile open() {
        return new RuleFile(
                folder.resolve("alerts.cfg"),
                folder.resolve("health/last-good.cfg"),
                KnownNames.ofThisRelease(),
                clock);
    }

    private void write(String text) throws Exception {
        Files.writeString(folder.resolve("alerts.cfg"), text);
    }

    @Test
    void whatIsSavedIsInForceOnceItWasTheSameInTwoLooks() throws Exception {
        write(DISK);
        RuleFile file = open();
        assertThat(file.look().rules()).containsOnlyKeys("disk");
        assertThat(file.look().loaded()).contains(AlertBench.NOON);

        write(DISK + CPU);
        assertThat(file.look().rules()).containsOnlyKeys("disk");

        assertThat(file.look().rules()).containsOnlyKeys("cpu", "disk");
    }

    @Test
    void aFileWithAMistakeLeavesTheLastGoodRulesAfterARestartToo() throws Exception {
        write(DISK);
        RuleFile file = open();
        file.look();

        write(CPU + "rule.cpu.for = soon\n");
        file.look();
        RuleFile.State refused = file.look();
        assertThat(refused.rules()).containsOnlyKeys("disk");
        assertThat(refused.errors().get(0).toString()).startsWith("line 2: rule.cpu.for = soon");

        RuleFile.State restarted = open().look();
        assertThat(restarted.rules()).containsOnlyKeys("disk");
        assertThat(restarted.errors()).isEqualTo(refused.errors());
        assertThat(restarted.loaded()).isPresent();

        write(CPU);
        file.look();
        assertThat(file.look().errors()).isEmpty();
        assertThat(file.look().rules()).containsOnlyKeys("cpu");
    }

    @Test
    void aFileThatIsGoneIsSaidAndChangesNothing() throws Exception {
        write(DISK);
        RuleFile file = open();
        file.look();

        Files.delete(folder.resolve("alerts.cfg"));
        file.look();

        assertThat(file.look().errors().toString()).contains("there is no such file");
        assertThat(file.look().rules()).containsOnlyKeys("disk");
    }

    @Test
    void aFileThatCouldNotBeReadIsReadAsSoonAsItCan() throws Exception {
        Files.createDirectory(folder.resolve("alerts.cfg"));
        RuleFile file = open();
        assertThat(file.look().errors().toString()).contains("cannot be read");

        Files.delete(folder.resolve("alerts.cfg"));
        write(DISK);
        file.look();

        assertThat(file.look().errors()).isEmpty();
        assertThat(file.look().rules()).containsOnlyKeys("disk");
    }

    @Test
    void withoutAnyFileThereIsNoRule() {
        RuleFile.State state = open().look();

        assertThat(state.rules()).isEmpty();
        assertThat(state.loaded()).isEmpty();
        assertThat(state.errors()).hasSize(1);
    }

    @Test
    void textThatIsNotUtf8IsRefusedWithItsLine() throws Exception {
        Files.write(
                folder.resolve("alerts.cfg"),
                new byte[] {'#', '\n', '#', '\n', '#', (byte) 0xfc, '\n'});

        assertThat(open().look().errors())
                .extracting(RuleError::toString)
                .containsExactly("line 3: it is not UTF-8");
    }

    @Test
    void aHugeFileIsRefused() throws Exception {
        write("#".repeat(2_000_000));

        assertThat(open().look().errors().toString()).contains("larger than 1 MB");
    }
}
