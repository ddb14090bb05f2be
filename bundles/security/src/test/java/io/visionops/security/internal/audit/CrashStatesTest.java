package io.visionops.security.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.visionops.security.internal.audit.chain.AuditLog;
import io.visionops.security.internal.audit.chain.Checkpoint;
import io.visionops.security.internal.audit.chain.Content;
import io.visionops.security.internal.audit.chain.DevicePublicKey;
import io.visionops.security.internal.audit.chain.KeyFolder;
import io.visionops.security.internal.audit.chain.Line;
import io.visionops.security.internal.audit.verify.Evidence;
import io.visionops.security.internal.audit.verify.VerificationReport;
import io.visionops.security.internal.audit.verify.Verifier;
import io.visionops.support.FolderTree;
import io.visionops.testkit.ManualClock;
import io.visionops.testkit.crash.CrashStates;
import io.visionops.testkit.crash.CrashStates.CrashState;
import io.visionops.testkit.crash.TracedProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a power cut may leave of the audit at any moment: each line that was acknowledged is there,
 * the log goes on, and nothing is called tampering. {@code -Dvisionops.crashstates=1500} for the
 * long form, with {@code -Djava.io.tmpdir=/dev/shm}.
 */
@Tag("slow")
class CrashStatesTest {

    private static final int STATES = 50;

    @TempDir Path temp;

    @Test
    void whatWasWrittenIsThereWheneverThePowerFailsAndIsNoFalseAlarm() throws Exception {
        assumeTrue(TracedProgram.isPossible(), "this machine has no strace");
        Path recorded = Files.createDirectory(temp.resolve("recorded"));
        CrashStates states = TracedProgram.run(AuditWorkload.class, recorded, temp);
        assertThat(states.said()).hasSizeGreaterThan(100);

        Path root = temp.resolve("state");
        int visited =
                states.visit(
                        STATES,
                        state -> {
                            Files.createDirectory(root);
                            state.writeTo(root);
                            look(state, root);
                            FolderTree.remove(root);
                        });

        System.out.printf(
                Locale.ROOT,
                "audit: %d crash states of %d operations, %d acknowledgements: none lost, no"
                        + " false alarm%n",
                visited,
                states.operations(),
                states.said().size());
    }

    private static void look(CrashState state, Path root) throws IOException {
        verify(state, root);
        List<Long> before = lines(root);

        ManualClock clock = new ManualClock(AuditWorkload.BEGIN.plus(Duration.ofDays(1)));
        AuditLog log = AuditWorkload.open(root, clock);
        log.append(Content.own(clock.instant(), "test", "ok", ""));
        log.close();

        assertThat(lines(root)).as("%s", state).containsAll(before);
        for (String line : state.said("line ")) {
            long seq = Long.parseLong(line);
            // Lines before the first have gone under an order, which is verified.
            if (before.isEmpty() || seq >= before.get(0)) {
                assertThat(before).as("%s", state).contains(seq);
            }
        }
        verify(state, root);
        assertThat(actions(root)).as("%s", state).doesNotContain("audit-damage");
    }

    private static void verify(CrashState state, Path root) throws IOException {
        List<Evidence.Copy> copies = new ArrayList<>(AuditWorkload.copies(root).read());
        for (String text : state.said("checkpoint ")) {
            copies.add(new Evidence.Copy(Checkpoint.parse(text).orElseThrow(), "elsewhere"));
        }
        VerificationReport report =
                Verifier.verify(
                        AuditWorkload.folder(root),
                        new Evidence(
                                state.said("key ").stream().findFirst().map(KeyFolder::read),
                                state.said("device ").stream()
                                        .findFirst()
                                        .map(DevicePublicKey::read),
                                AuditWorkload.keys(root)
                                        .epoch()
                                        .map(key -> OptionalLong.of(key.epoch()))
                                        .orElse(OptionalLong.empty()),
                                copies),
                        () -> false);
        assertThat(report.tampering()).as("%s", state).isEmpty();
    }

    private static List<Long> lines(Path root) throws IOException {
        TreeSet<Long> all = new TreeSet<>();
        parsed(root).forEach(line -> all.add(line.seq()));
        return List.copyOf(all);
    }

    private static List<String> actions(Path root) throws IOException {
        return parsed(root).stream().map(Line::action).toList();
    }

    private static List<Line> parsed(Path root) throws IOException {
        List<Line> lines = new ArrayList<>();
        AuditWorkload.folder(root)
                .read(
                        (bytes, from, to) -> {
                            Optional<Line> line = Line.parse(bytes, from, to);
                            lines.add(line.orElseThrow());
                            return true;
                        });
        return lines;
    }
}
