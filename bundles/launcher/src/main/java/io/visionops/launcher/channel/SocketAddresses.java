package io.visionops.launcher.channel;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Addresses of sockets whose path is too long for one (108 bytes with the closing zero, 104 on some
 * systems: sun_path of unix(7)): by way of a link in a private temporary folder.
 */
public final class SocketAddresses {

    private static final int LONGEST = 100;

    private SocketAddresses() {}

    /** What to do with an address. */
    public interface Use<T> {
        T with(UnixDomainSocketAddress address) throws IOException;
    }

    public static <T> T use(Path socket, Use<T> use) throws IOException {
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST) {
            return use.with(UnixDomainSocketAddress.of(socket));
        }
        // For its owner alone, so nobody can put another link in its place.
        Path folder = Files.createTempDirectory("visionops");
        Path link = folder.resolve("run");
        try {
            Files.createSymbolicLink(link, socket.toAbsolutePath().getParent());
            return use.with(UnixDomainSocketAddress.of(link.resolve(socket.getFileName())));
        } finally {
            Files.deleteIfExists(link);
            Files.deleteIfExists(folder);
        }
    }
}
