package io.visionops.launcher;

import io.visionops.launcher.platform.Failure;
import io.visionops.launcher.platform.Folders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the page and the ssh shell listen, on the loopback address. */
record Ports(int http, int ssh) {

    private static final int HTTP = 8181;
    private static final int SSH = 8101;
    private static final Pattern FILE = Pattern.compile("\"http\":(\\d+),\"ssh\":(\\d+)");

    /**
     * The ports that were asked for, the usual ones where none was, free ones for 0.
     *
     * @throws Failure when one is taken
     */
    static Ports choose(@Nullable Integer http, @Nullable Integer ssh) {
        int page = http == null ? HTTP : http;
        int shell = ssh == null ? SSH : ssh;
        page = page == 0 ? free(shell) : page;
        shell = shell == 0 ? free(page) : shell;
        if (page == shell) {
            throw new Failure(Failure.USAGE, "--http-port and --ssh-port are both " + page);
        }
        refuseTaken(page, "--http-port");
        refuseTaken(shell, "--ssh-port");
        return new Ports(page, shell);
    }

    private static void refuseTaken(int port, String option) {
        if (taken(port)) {
            throw new Failure(
                    "port "
                            + port
                            + " is taken: choose another with "
                            + option
                            + ", or 0 for any free one");
        }
    }

    /** Does anything listen where it would be in our way? */
    static boolean taken(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(
                    new InetSocketAddress(
                            InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** A free port below those that the system hands out for outgoing connections. */
    private static int free(int other) {
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < 100; i++) {
            int port = 20_000 + random.nextInt(12_000);
            if (port != other && !taken(port)) {
                return port;
            }
        }
        throw new Failure("no free port found between 20000 and 32000");
    }

    /** Those of the instance that runs. */
    static Optional<Ports> read(Path file) {
        try {
            Matcher ports = FILE.matcher(Files.readString(file));
            return ports.find()
                    ? Optional.of(
                            new Ports(
                                    Integer.parseInt(ports.group(1)),
                                    Integer.parseInt(ports.group(2))))
                    : Optional.empty();
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    void write(Path file) throws IOException {
        Folders.write(file, "{\"http\":" + http + ",\"ssh\":" + ssh + "}\n");
    }
}
