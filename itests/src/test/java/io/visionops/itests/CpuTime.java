package io.visionops.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * CPU seconds of processes, user and system, their ended children included; read from {@code
 * /proc}.
 */
final class CpuTime {

    /** Clock ticks a second that Linux shows to programs, on every platform that we run on. */
    private static final double TICKS = 100;

    private CpuTime() {}

    static double seconds(List<ProcessHandle> processes) throws IOException {
        double sum = 0;
        for (ProcessHandle process : processes) {
            sum += seconds(process.pid());
        }
        return sum;
    }

    private static double seconds(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
    }
}
