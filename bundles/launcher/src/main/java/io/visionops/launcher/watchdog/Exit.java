package io.visionops.launcher.watchdog;

import java.time.Duration;
import java.util.Optional;

/**
 * What the end of a Java machine means: whether somebody wanted it, and what is told of it.
 *
 * @param ordered it had the time to write down what it has to keep
 */
public record Exit(Restart.What what, String reason, boolean ordered) {

    /** The status of a machine that another watchdog has started. */
    public static final int UNKNOWN = -1;

    /** Of a Java machine that SIGTERM ended. */
    private static final int TERMINATED = 143;

    /** Of one that SIGKILL ended. */
    private static final int KILLED = 137;

    /** Of one that wants to be started again: Karaf's own {@code system:reboot}. */
    private static final int AGAIN = 10;

    /**
     * What is known of its end.
     *
     * @param ran since it was started or found
     * @param stopping the watchdog was asked to end for good
     * @param hung why it was ended as hung, if it was
     * @param planned why it was to be started again, if it was
     */
    public record Evidence(
            int status,
            Duration ran,
            boolean stopping,
            Optional<String> hung,
            Optional<String> planned) {}

    /** What is looked up only where it makes a difference, since it costs time. */
    public interface Inquiry {

        /** Is a release running that has not proven itself? */
        boolean isReleaseOnTrial();

        /** Was the watchdog asked to end too, at once or a moment after? */
        boolean isWatchdogStoppedToo();

        /** What the log says of an end with this status, in one line. */
        String logged(int status);
    }

    /** Decides. */
    public static Exit of(Evidence evidence, Inquiry inquiry) {
        int status = evidence.status();
        boolean ordered = status == 0 || status == TERMINATED;
        if (evidence.stopping()) {
            return new Exit(Restart.What.STOPPED, "asked to stop", ordered);
        }
        if (evidence.hung().isPresent()) {
            return new Exit(Restart.What.HUNG, evidence.hung().get(), false);
        }
        if (evidence.planned().isPresent()) {
            return new Exit(Restart.What.PLANNED, evidence.planned().get(), ordered);
        }
        if (status == AGAIN) {
            return new Exit(Restart.What.PLANNED, "asked for in the shell", true);
        }
        // A release that ends the program is not a person who shuts it down.
        boolean shutDown = status == 0 && !inquiry.isReleaseOnTrial();
        if (shutDown || (status == TERMINATED && inquiry.isWatchdogStoppedToo())) {
            return new Exit(Restart.What.STOPPED, "it was shut down", true);
        }
        return new Exit(Restart.What.CRASHED, crash(evidence, inquiry), false);
    }

    private static String crash(Evidence evidence, Inquiry inquiry) {
        int status = evidence.status();
        return switch (status) {
            case UNKNOWN ->
                    "ended, " + evidence.ran().toSeconds() + " s after it was found running";
            case 0 -> "shut itself down while a release was on trial";
            case TERMINATED -> "ended by a signal that nobody here has sent";
            case KILLED -> "was killed, by somebody or by the system for want of memory";
            default -> "ended with status " + status + ": " + inquiry.logged(status);
        };
    }
}
