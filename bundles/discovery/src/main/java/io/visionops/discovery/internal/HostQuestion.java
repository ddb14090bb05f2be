package io.visionops.discovery.internal;

import io.visionops.api.discovery.DiscoveryException;
import io.visionops.support.network.Words;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A device that is to be asked directly.
 *
 * @param port of its device service; 0: to be found out
 */
record HostQuestion(String host, int port) {

    private static final Pattern FORM =
            Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([a-zA-Z0-9._-]{1,253}))(?::(\\d{1,5}))?");

    private static final Pattern BARE_V6 =
            Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

    private static final int LONGEST_V6 = 45;

    static HostQuestion parse(String written) throws DiscoveryException {
        if (written.length() <= LONGEST_V6 && BARE_V6.matcher(written).matches()) {
            return new HostQuestion(written, 0);
        }
        Matcher form = FORM.matcher(written);
        int port = form.matches() && form.group(3) != null ? Integer.parseInt(form.group(3)) : 0;
        if (!form.matches() || port > 65535 || (form.group(3) != null && port == 0)) {
            throw new DiscoveryException(
                    Words.line(written)
                            + ": must be HOST or HOST:PORT, such as 10.0.0.5 or 10.0.0.5:8000");
        }
        return new HostQuestion(form.group(1) == null ? form.group(2) : form.group(1), port);
    }
}
