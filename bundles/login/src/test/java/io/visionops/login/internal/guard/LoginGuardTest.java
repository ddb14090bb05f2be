package io.visionops.login.internal.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.support.throttle.FailedAttempts;
import io.visionops.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoginGuardTest {

    private static final Visitor ADMIN = new Visitor("admin", true, "ssh", "127.0.0.1");

    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private final RecordingLogger log = new RecordingLogger();
    private final LoginGuard guard = new LoginGuard(clock, log, LoginListener.NONE);
    private final AtomicInteger checks = new AtomicInteger();

    @Test
    void threeMistakesCostNothing() {
        fail(ADMIN, 2);

        assertThat(succeed(ADMIN)).isTrue();
    }

    @Test
    void fiftyWrongPasswordsInARowAreCheckedThreeTimes() {
        fail(ADMIN, 50);

        assertThat(checks).hasValue(3);
        assertThat(succeed(ADMIN)).isFalse();
    }

    @Test
    void eachFailureDoublesTheWaitUpToAMinute() {
        List<Long> waits = new ArrayList<>();
        fail(ADMIN, 3);
        for (int i = 0; i < 9; i++) {
            int before = checks.get();
            long waited = 0;
            while (checks.get() == before) {
                clock.advance(Duration.ofSeconds(1));
                waited++;
                fail(ADMIN, 1);
            }
            waits.add(waited);
        }

        assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    }

    /** Otherwise a stranger could keep the owner out for ever. */
    @Test
    void whatIsRefusedUnseenDoesNotProlongTheWait() {
        fail(ADMIN, 3);
        fail(ADMIN, 100);

        clock.advance(Duration.ofSeconds(1));

        assertThat(succeed(ADMIN)).isTrue();
    }

    @Test
    void aRightPasswordEndsTheCount() {
        fail(ADMIN, 2);
        succeed(ADMIN);
        fail(ADMIN, 2);

        assertThat(succeed(ADMIN)).isTrue();
    }

    @Test
    void oneUserDoesNotWaitForAnother() {
        fail(ADMIN, 10);

        assertThat(succeed(new Visitor("anna", true, "ssh", "127.0.0.1"))).isTrue();
    }

    @Test
    void anotherDoorHelpsNobody() {
        fail(ADMIN, 3);

        assertThat(succeed(new Visitor("admin", true, "webconsole", "127.0.0.1"))).isFalse();
    }

    @Test
    void anAddressElsewhereWaitsWhateverNameItTries() {
        for (int i = 0; i < 10; i++) {
            fail(new Visitor("name" + i, false, "ssh", "192.0.2.7"), 1);
        }

        assertThat(succeed(new Visitor("anna", true, "ssh", "192.0.2.7"))).isFalse();
        assertThat(succeed(new Visitor("anna", true, "ssh", "192.0.2.8"))).isTrue();
    }

    /** Through a tunnel or a reverse proxy all come from there. */
    @Test
    void theAddressOfThisComputerNeverWaits() {
        for (int i = 0; i < 100; i++) {
            fail(new Visitor("name" + i, false, "ssh", "127.0.0.1"), 1);
        }

        assertThat(succeed(ADMIN)).isTrue();
    }

    @Test
    void namesOfStrangersDoNotPushOutWhatIsKnownOfUsers() {
        fail(ADMIN, 10);
        for (int i = 0; i < 3_000; i++) {
            fail(new Visitor("name" + i, false, "ssh", "127.0.0.1"), 1);
        }

        assertThat(succeed(ADMIN)).isFalse();
    }

    @Test
    void memoryIsBounded() {
        FailureTable table = new FailureTable();
        for (int i = 0; i < 5_000; i++) {
            table.put("name" + i, new FailedAttempts(1, 0));
        }

        assertThat(table.size()).isEqualTo(1_000);
    }

    @Test
    void failuresOfLongAgoAreForgotten() {
        fail(ADMIN, 3);
        clock.advance(Duration.ofMinutes(16));
        fail(ADMIN, 1);

        assertThat(succeed(ADMIN)).isTrue();
    }

    @Test
    void triesSideBySideAreCountedLikeTriesInTurn() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(20);
        CountDownLatch together = new CountDownLatch(1);
        List<Future<Boolean>> tries = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            tries.add(
                    clients.submit(
                            () -> {
                                together.await();
                                return guard.tries(ADMIN, () -> checks.incrementAndGet() < 0);
                            }));
        }
        together.countDown();
        for (Future<Boolean> one : tries) {
            assertThat(one.get(10, TimeUnit.SECONDS)).isFalse();
        }
        clients.shutdown();

        assertThat(checks).hasValue(3);
    }

    @Test
    void eachRefusalIsOneLine() {
        fail(ADMIN, 4);

        assertThat(log.lines())
                .containsExactly(
                        "login refused: user admin over ssh from 127.0.0.1: wrong password",
                        "login refused: user admin over ssh from 127.0.0.1: wrong password, 2 in a row",
                        "login refused: user admin over ssh from 127.0.0.1: wrong password, 3 in a row,"
                                + " next try in 1 s",
                        "login refused: user admin over ssh from 127.0.0.1: too many wrong passwords,"
                                + " next try in 1 s");
    }

    @Test
    void whoDoesNotGetATurnInTimeIsRefusedWithALineToo() throws Exception {
        CountDownLatch checking = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> slow =
                    other.submit(() -> guard.tries(ADMIN, () -> isRightAfter(checking, ended)));
            checking.await();

            assertThat(succeed(new Visitor("anna", true, "ssh", "192.0.2.7"))).isFalse();

            assertThat(log.lines())
                    .containsExactly(
                            "login refused: user anna over ssh from 192.0.2.7: too many logins at"
                                    + " a time");
            ended.countDown();
            assertThat(slow.get(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            ended.countDown();
            other.shutdown();
        }
    }

    private static boolean isRightAfter(CountDownLatch checking, CountDownLatch ended) {
        checking.countDown();
        try {
            return ended.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void whatSomebodyTypedInPlaceOfANameIsNotLogged() {
        fail(new Visitor("my password\nlogin: user admin", false, "webconsole", "127.0.0.1"), 1);

        assertThat(log.lines())
                .containsExactly(
                        "login refused: an unknown user over webconsole from 127.0.0.1: wrong password");
    }

    @Test
    void theLogIsNotFlooded() {
        for (int i = 0; i < 500; i++) {
            fail(new Visitor("name" + i, false, "ssh", "127.0.0.1"), 1);
        }
        clock.advance(Duration.ofMinutes(1));
        fail(ADMIN, 1);

        assertThat(log.lines()).hasSize(22);
        assertThat(log.lines().get(20))
                .isEqualTo("480 more logins were refused and not logged one by one");
    }

    private void fail(Visitor visitor, int times) {
        for (int i = 0; i < times; i++) {
            guard.tries(visitor, () -> checks.incrementAndGet() < 0);
        }
    }

    private boolean succeed(Visitor visitor) {
        return guard.tries(visitor, () -> true);
    }
}
