package io.visionops.itests;

import java.util.Set;

/**
 * What may be asked of the system: the libraries of libc6, libgcc-s1, libstdc++6 and zlib1g, on
 * which Debian's {@code openjdk-17-jre-headless} depends. Read from a minimal Debian 12 with {@code
 * dpkg-query -W -f '${Depends}' openjdk-17-jre-headless} and {@code dpkg -L} of these packages; of
 * its other dependencies the JDK alone makes use.
 */
final class SystemLibraries {

    private static final Set<String> NAMES =
            Set.of(
                    "ld-linux-x86-64.so.2",
                    "libc.so.6",
                    "libdl.so.2",
                    "libgcc_s.so.1",
                    "libm.so.6",
                    "libpthread.so.0",
                    "libresolv.so.2",
                    "librt.so.1",
                    "libstdc++.so.6",
                    "libutil.so.1",
                    "libz.so.1");

    private SystemLibraries() {}

    /**
     * @param name of a library as it is asked for, or of its file, which may have a longer version;
     *     what the C library loads to look names up is the machine's own affair
     */
    static boolean contains(String name) {
        return name.startsWith("libnss_")
                || NAMES.stream().anyMatch(one -> name.equals(one) || name.startsWith(one + "."));
    }
}
