package io.visionops.launcher.channel;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;

/** Signals of the operating system; jdk.unsupported is the only way to hear them in Java. */
public final class Interrupts {

    private static final int INTERRUPTED = 130;

    private Interrupts() {}

    /** Ctrl-C ends the command at the other end; a second one ends this program. */
    public static void to(CommandChannel channel) {
        AtomicBoolean again = new AtomicBoolean();
        handle(
                () -> {
                    if (again.getAndSet(true)) {
                        Runtime.getRuntime().halt(INTERRUPTED);
                    }
                    try {
                        channel.interrupt();
                    } catch (IOException e) {
                        Runtime.getRuntime().halt(INTERRUPTED);
                    }
                },
                "INT");
    }

    /** Calls back at each of these signals that there is on this system. */
    public static void handle(Runnable then, String... names) {
        for (String name : names) {
            try {
                Signal.handle(new Signal(name), signal -> then.run());
            } catch (IllegalArgumentException e) {
                // Not on this system, or taken by Java for something else.
                continue;
            }
        }
    }
}
