package io.visionops.support.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HostLookupTest {

    @Test
    void addressesAreToldFromNames() {
        assertThat(HostLookup.isLiteral("192.168.1.20")).isTrue();
        assertThat(HostLookup.isLiteral("fe80::1%eth0")).isTrue();
        assertThat(HostLookup.isLiteral("cam1")).isFalse();
        assertThat(HostLookup.isLiteral("1.cam")).isFalse();
    }

    @Test
    void theAnswerComesByAThreadOfItsOwn() throws Exception {
        try (HostLookup lookup = new HostLookup("visionops-test-names", 2)) {
            CompletableFuture<Optional<InetAddress>> answer = new CompletableFuture<>();
            CompletableFuture<String> thread = new CompletableFuture<>();

            boolean taken =
                    lookup.later(
                            "127.0.0.1",
                            found -> {
                                thread.complete(Thread.currentThread().getName());
                                answer.complete(found);
                            });

            assertThat(taken).isTrue();
            assertThat(answer.get(10, TimeUnit.SECONDS))
                    .contains(InetAddress.getByName("127.0.0.1"));
            assertThat(thread.get(10, TimeUnit.SECONDS)).isEqualTo("visionops-test-names");
        }
    }

    @Test
    void whatDoesNotFitIsRefusedAndNotWaitedFor() {
        CountDownLatch release = new CountDownLatch(1);
        HostLookup lookup = new HostLookup("visionops-test-names", 1);
        try {
            assertThat(lookup.later("127.0.0.1", found -> await(release))).isTrue();
            // The first may not have left the queue yet; the third finds it full in any case.
            lookup.later("127.0.0.1", found -> {});
            lookup.later("127.0.0.1", found -> {});

            assertThat(lookup.later("127.0.0.1", found -> {})).isFalse();
        } finally {
            release.countDown();
            lookup.close();
        }
        assertThat(lookup.later("127.0.0.1", found -> {})).isFalse();
    }

    private static void await(CountDownLatch release) {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
