package io.visionops.launcher.watchdog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A moment within one run of the computer, which no step of the clock moves.
 *
 * @param id of that run; empty where the system has none
 * @param uptime since it began
 */
public record Boot(String id, Duration uptime) {

    private static final Path ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path UPTIME = Path.of("/proc/uptime");

    /** This moment. */
    public static Boot now() {
        try {
            String seconds = Files.readString(UPTIME).split(" ")[0];
            return new Boot(
                    Files.readString(ID).strip(),
                    Duration.ofMillis((long) (1000 * Double.parseDouble(seconds))));
        } catch (IOException | NumberFormatException unknown) {
            // Elsewhere than on Linux the wall clock has to do.
            return new Boot("", Duration.ofMillis(System.currentTimeMillis()));
        }
    }

    /** Was the other moment in the same run of the computer, and not longer ago than that? */
    public boolean within(Duration window, Boot earlier) {
        return id.equals(earlier.id)
                && uptime.minus(earlier.uptime).compareTo(window) <= 0
                && !uptime.minus(earlier.uptime).isNegative();
    }
}
