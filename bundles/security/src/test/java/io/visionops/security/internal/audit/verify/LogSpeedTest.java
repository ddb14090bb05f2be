package io.visionops.security.internal.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.security.internal.audit.chain.AuditLog;
import io.visionops.security.internal.audit.chain.Content;
import io.visionops.security.internal.audit.chain.KeyFolder;
import io.visionops.security.internal.audit.chain.LogFolder;
import io.visionops.security.internal.audit.chain.LogSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a log costs. {@code -Dvisionops.audit.lines=1000000} for the long form, whose limit is ten
 * seconds for all of them.
 */
@Tag("slow")
class LogSpeedTest {

    private static final int LINES = Integer.getInteger("visionops.audit.lines", 30_000);
    private static final double MICROS_A_LINE = 10;

    /** The short form ends before the compiler has seen much of it. */
    private static final int SLOWER = LINES < 1_000_000 ? 10 : 1;

    @TempDir private Path temp;

    /** Of this thread: other work of the machine does not count. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    @Test
    void linesAreWrittenInMicrosecondsAndAMillionIsVerifiedInTenSeconds() throws IOException {
        LogFolder folder = new LogFolder(temp.resolve("audit"));
        KeyFolder keys = new KeyFolder(temp.resolve("keys"));
        LogSettings settings = new LogSettings(256, Duration.ofHours(1), 1 << 20, false);
        Clock clock = Clock.systemUTC();
        long begun = cpuNanos();
        try (AuditLog log =
                AuditLog.open(
                        folder, keys, settings, clock, System::nanoTime, new SecureRandom())) {
            for (int i = 0; i < LINES; i++) {
                log.append(
                        new Content(
                                clock.instant(),
                                "user/anna",
                                "command",
                                "shell/visionops",
                                "ok",
                                "camera-add front rtsp://10.0.0.17:554/stream" + i));
            }
        }
        double append = (cpuNanos() - begun) / 1e3 / LINES;

        long verifying = cpuNanos();
        VerificationReport report =
                Verifier.verify(
                        folder,
                        new Evidence(
                                keys.initial(), Optional.empty(), OptionalLong.empty(), List.of()),
                        () -> false);
        double verify = (cpuNanos() - verifying) / 1e3 / LINES;

        System.out.printf(
                java.util.Locale.ROOT,
                "%d lines: %.1f us to append one without its sync, %.2f us to verify one%n",
                report.lines(),
                append,
                verify);
        assertThat(report.tampering()).isEmpty();
        assertThat(report.tags()).isTrue();
        assertThat(verify).isLessThan(MICROS_A_LINE * SLOWER);
    }
}
