package io.visionops.security.internal.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.security.internal.audit.verify.Attack.Done;
import io.visionops.security.internal.audit.verify.Attack.Evident;
import io.visionops.support.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random instances of each attack. {@code -Dvisionops.audit.instances=1000} for the long form, with
 * {@code -Djava.io.tmpdir=/dev/shm} since every epoch of every log is synced.
 */
@Tag("slow")
class AttacksTest {

    private static final int INSTANCES = Integer.getInteger("visionops.audit.instances", 30);
    private static final int LOGS = 12;

    private static final List<SampleLog> BEFORE = new ArrayList<>();

    @TempDir private static Path logs;

    @TempDir private Path temp;

    @BeforeAll
    static void write() throws IOException {
        BEFORE.clear();
        Random random = new Random(97);
        for (int i = 0; i < LOGS; i++) {
            BEFORE.add(new SampleLog(logs.resolve("log-" + i)).fill(random));
        }
    }

    @ParameterizedTest
    @EnumSource(Attack.class)
    void everyInstanceOfAnAttackIsFoundAndLocated(Attack attack) throws IOException {
        Random random = new Random(attack.name().hashCode());
        for (int i = 0; i < INSTANCES; i++) {
            Path root = Files.createDirectory(temp.resolve("instance-" + i));
            SampleLog log = new SampleLog(BEFORE.get(i % LOGS), root);
            assertThat(log.verify(true, true).tampering()).as("before the attack").isEmpty();

            Done done = attack.on(log, random);

            found(log, done, i);
            FolderTree.remove(root);
        }
    }

    private static void found(SampleLog log, Done done, int instance) throws IOException {
        boolean withKey = done.evident() == Evident.WITH_KEY || instance % 2 == 0;
        boolean withCopies = done.evident() == Evident.WITH_COPIES || instance % 3 == 0;
        VerificationReport report = log.verify(withKey, withCopies);
        List<Finding> findings = report.tampering();
        String what = "instance " + instance + " " + done + ": " + findings;
        assertThat(findings).as(what).isNotEmpty();
        if (!done.kinds().isEmpty()) {
            assertThat(findings)
                    .as(what)
                    .extracting(Finding::kind)
                    .containsAnyElementsOf(done.kinds());
        }
        assertThat(findings)
                .as(what)
                .anySatisfy(one -> assertThat(one.seq()).isBetween(done.from() - 1, done.to() + 1));
    }
}
