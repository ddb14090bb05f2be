package io.visionops.health.internal.network;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host outside, and the port that is used of it.
 *
 * @param name or an address
 */
record OutsideHost(String name, int port) {

    private static final Pattern FORM =
            Pattern.compile("(?:([a-zA-Z0-9._-]{1,253})|\\[([0-9a-fA-F:.]{2,45})])\\s*:(\\d{1,5})");

    /** Each costs a connection every half minute. */
    private static final int MOST = 10;

    private static final int LAST_PORT = 65_535;

    /**
     * @throws IllegalArgumentException with one line for the admin
     */
    static List<OutsideHost> read(String text) {
        List<OutsideHost> hosts =
                Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .filter(one -> !one.isEmpty())
                        .map(OutsideHost::one)
                        .distinct()
                        .toList();
        if (hosts.size() > MOST) {
            throw new IllegalArgumentException(
                    "network.probe is refused: must name " + MOST + " hosts at most");
        }
        return hosts;
    }

    private static OutsideHost one(String text) {
        Matcher form = FORM.matcher(text);
        if (form.matches()) {
            int port = Integer.parseInt(form.group(3));
            if (port >= 1 && port <= LAST_PORT) {
                return new OutsideHost(form.group(1) == null ? form.group(2) : form.group(1), port);
            }
        }
        throw new IllegalArgumentException(
                "network.probe = "
                        + text
                        + " is refused: must be HOST:PORT such as broker.example.org:8883, with"
                        + " commas between several");
    }

    @Override
    public String toString() {
        return (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
    }
}
