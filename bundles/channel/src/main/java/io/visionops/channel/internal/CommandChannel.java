package io.visionops.channel.internal;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door for {@code bin/visionops}: the shell over a Unix domain socket. The property {@value
 * #SOCKET} names the socket; without it there is none, as when something else started Karaf.
 */
@Component(
        service = {},
        immediate = true)
public final class CommandChannel {

    static final String SOCKET = "visionops.channel";

    private static final Logger LOG = LoggerFactory.getLogger(CommandChannel.class);

    private final @Nullable CommandServer server;

    @Activate
    public CommandChannel(BundleContext context, @Reference SessionFactory sessions)
            throws IOException {
        String socket = context.getProperty(SOCKET);
        server = socket == null ? null : new CommandServer(Path.of(socket), sessions);
        LOG.info("command channel {}", socket == null ? "is not wanted" : "open");
    }

    @Deactivate
    void close() {
        if (server != null) {
            server.close();
            LOG.info("command channel closed");
        }
    }
}
