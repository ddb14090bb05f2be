package io.visionops.processes.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.visionops.api.child.Child;
import io.visionops.api.child.ChildUsage;
import io.visionops.processes.internal.meter.Meters;
import io.visionops.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HandOverTest {

    /** Lines of eight bytes with their number, so that a gap shows. */
    private static final String NUMBERS = "exec seq -f %07g 1 2000000";

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));

    @TempDir Path data;

    private Children children;
    private HeldChildren leaving;
    private HeldChildren arriving;

    @BeforeEach
    void open() {
        children =
                new Children(
                        Settings.defaults(data),
                        clock,
                        clock,
                        Meters.ofThisMachine(),
                        Launcher.ofThisMachine());
        leaving = HeldChildren.of(children, "leaving");
        arriving = HeldChildren.of(children, "arriving");
    }

    @AfterEach
    void close() {
        children.close();
    }

    @Test
    void theClaimerReadsOnAtTheNextByte() throws Exception {
        Child before = leaving.start(Specs.script("cam", NUMBERS));
        String head = new String(before.output().readNBytes(8 * 1000), UTF_8);

        before.detach();
        Child after = arriving.claim("cam").orElseThrow();
        String next = new String(after.output().readNBytes(8 * 100_000), UTF_8);

        assertThat(head).endsWith("0001000\n");
        assertThat(next).startsWith("0001001\n").endsWith("0101000\n");
        assertThat(after.process().pid()).isEqualTo(before.process().pid());
        assertThat(after.spec()).isEqualTo(before.spec());
    }

    @Test
    void whatAFormerHolderIsReadingAtTheHandOverGoesToTheNext() throws Exception {
        Path go = data.resolve("go");
        Child held =
                leaving.start(
                        Specs.script(
                                "cam",
                                "until test -e " + go + "; do sleep 0.05; done; echo frame"));
        CompletableFuture<Integer> stale = new CompletableFuture<>();
        Thread reader =
                new Thread(
                        () -> {
                            try {
                                stale.complete(held.output().read(new byte[100]));
                            } catch (IOException e) {
                                stale.completeExceptionally(e);
                            }
                        });
        reader.start();
        await().until(() -> isInRead(reader));

        held.detach();
        Child claimed = arriving.claim("cam").orElseThrow();
        Files.createFile(go);

        assertThat(new String(claimed.output().readAllBytes(), UTF_8)).isEqualTo("frame\n");
        assertThat(stale).failsWithin(Duration.ofSeconds(10));
    }

    @Test
    void aFormerHolderCanNeitherReadNorEndNorDetachAgain() throws Exception {
        Child before = leaving.start(Specs.script("cam", NUMBERS));
        before.detach();
        Child after = arriving.claim("cam").orElseThrow();

        before.end(Duration.ZERO);
        before.detach();

        assertThatThrownBy(() -> before.output().read()).isInstanceOf(IOException.class);
        assertThat(after.isAlive()).isTrue();
        assertThat(arriving.usage()).extracting(ChildUsage::held).containsExactly(true);
        assertThat(after.output().readNBytes(8)).isEqualTo("0000001\n".getBytes(UTF_8));
    }

    @Test
    void onlyADetachedLivingChildCanBeClaimedAndOnlyOnce() throws Exception {
        Child child = leaving.start(Specs.command("cam", "sleep", "60"));
        assertThat(arriving.claim("cam")).isEmpty();
        assertThat(arriving.claim("other")).isEmpty();

        child.detach();

        assertThat(arriving.claim("cam")).isPresent();
        assertThat(leaving.claim("cam")).isEmpty();
    }

    @Test
    void anUnclaimedChildIsEndedAfterTenSecondsAndNotBefore() throws Exception {
        Child child = leaving.start(Specs.command("cam", "sleep", "60"));
        child.detach();
        assertThat(leaving.usage()).extracting(ChildUsage::held).containsExactly(false);

        clock.advance(Duration.ofMillis(9_999));

        // Longer than two looks at the clock.
        assertThatThrownBy(() -> child.exit().get(500, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);

        clock.advance(Duration.ofMillis(1));

        assertThat(child.exit().get(10, TimeUnit.SECONDS)).isEqualTo(143);
        assertThat(arriving.claim("cam")).isEmpty();
    }

    @Test
    void aJumpOfTheWallClockEndsNothing() throws Exception {
        Child child = leaving.start(Specs.command("cam", "sleep", "60"));
        child.detach();

        clock.jump(Duration.ofDays(400));

        assertThatThrownBy(() -> child.exit().get(500, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);
        assertThat(arriving.claim("cam")).isPresent();
    }

    @Test
    void aClaimedChildIsNoLongerCounted() throws Exception {
        leaving.start(Specs.command("cam", "sleep", "60")).detach();
        Child claimed = arriving.claim("cam").orElseThrow();

        clock.advance(Duration.ofMinutes(10));

        assertThatThrownBy(() -> claimed.exit().get(500, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);
    }

    @Test
    void aHolderThatVanishesLeavesItsChildrenToBeClaimed() throws Exception {
        leaving.start(Specs.script("cam-a", NUMBERS)).output().readNBytes(8 * 5 + 3);
        Child ended = leaving.start(Specs.command("cam-b", "sleep", "60"));
        ended.end(Duration.ZERO);
        ended.exit().get(10, TimeUnit.SECONDS);

        leaving.close();

        Child claimed = arriving.claim("cam-a").orElseThrow();
        claimed.output().skipNBytes(8 - claimed.position() % 8);
        assertThat(claimed.output().readNBytes(8)).isEqualTo("0000007\n".getBytes(UTF_8));
        assertThat(arriving.claim("cam-b")).isEmpty();
    }

    @Test
    void aChildStartedByAHolderThatVanishedMeanwhileIsDetachedAtOnce() throws Exception {
        leaving.close();

        leaving.start(Specs.command("cam", "sleep", "60"));

        assertThat(arriving.claim("cam")).isPresent();
    }

    private static boolean isInRead(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("readBytes"));
    }
}
