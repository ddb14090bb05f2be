package io.visionops.channel.internal;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import javax.security.auth.Subject;
import jdk.net.ExtendedSocketOptions;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;

/**
 * Who may call, and as whom: the owner of the data folder and root, both as admin. The folder's
 * permissions keep others away; the kernel's word on who is at the other end (SO_PEERCRED) does so
 * once more.
 */
final class Callers {

    /** All that Karaf and VisionOps know: whoever may read the data folder may do everything. */
    private static final Set<String> ROLES =
            Set.of("admin", "operator", "viewer", "manager", "systembundles", "ssh");

    private final UserPrincipal owner;
    private final Path socket;

    Callers(Path socket) throws IOException {
        this.socket = socket;
        owner = Files.getOwner(socket);
    }

    /**
     * The caller with its roles.
     *
     * @throws IOException with one line for the caller when it is somebody else
     */
    Subject subjectOf(SocketChannel client) throws IOException {
        UserPrincipal peer = client.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
        if (!peer.equals(owner) && !peer.getName().equals("root")) {
            throw new IOException(
                    "user "
                            + peer.getName()
                            + " may not: "
                            + socket
                            + " belongs to "
                            + owner.getName());
        }
        Subject subject = new Subject();
        subject.getPrincipals()
                .add(new org.apache.karaf.jaas.boot.principal.UserPrincipal(peer.getName()));
        ROLES.forEach(role -> subject.getPrincipals().add(new RolePrincipal(role)));
        return subject;
    }
}
