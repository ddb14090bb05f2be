package io.visionops.updater.internal.install;

import io.visionops.support.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Who may use which command: what the program's rules say is in force while it runs, so that a
 * command that comes with a swap has its rule. At a start the watchdog puts them there.
 */
final class CommandRoles {

    private static final String RULES = "etc/org.apache.karaf.command.acl.";

    private final Path etc;

    CommandRoles(Path etc) {
        this.etc = etc;
    }

    /**
     * @param home program whose rules are to be in force
     * @param changed paths in it
     */
    void use(Path home, Set<String> changed) throws IOException {
        for (String path : changed) {
            if (path.startsWith(RULES)) {
                Path target = etc.resolve(path.substring("etc/".length()));
                if (Files.exists(home.resolve(path))) {
                    WholeFile.write(target, Files.readAllBytes(home.resolve(path)), true);
                } else {
                    Files.deleteIfExists(target);
                }
            }
        }
    }
}
