package io.visionops.processes.internal;

import java.util.List;
import java.util.Locale;

/**
 * What a child may not do, told by a shell before it becomes the program: what a camera sends must
 * not take this computer's memory. Of all processes the kernel ends a child first when memory is
 * short, and a child that dies leaves no copy of its memory, which holds passwords.
 */
final class Confinement {

    /** Half of all memory is added to what it has, when one is chosen. */
    private static final int FIRST_TO_GO = 500;

    /** Limits that are lower already stay. */
    private static final String SCRIPT =
            "{ echo %d >/proc/self/oom_score_adj; ulimit -c 0; ulimit -v %d; } 2>/dev/null;"
                    + " exec \"$@\"";

    private Confinement() {}

    /**
     * The beginning of a command.
     *
     * @param megabytes of address space
     */
    static List<String> prefix(int megabytes) {
        return List.of(
                "/bin/sh",
                "-c",
                String.format(Locale.ROOT, SCRIPT, FIRST_TO_GO, megabytes * 1024L),
                "sh");
    }
}
