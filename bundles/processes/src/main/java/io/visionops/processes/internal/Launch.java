package io.visionops.processes.internal;

import io.visionops.api.child.ChildSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The call of the operating system, and what to do when it refuses. */
final class Launch {

    /** What the launcher sets for the Java machine; a decoder's memory comes and goes otherwise. */
    private static final Set<String> OF_JAVA_ALONE =
            Set.of("MALLOC_ARENA_MAX", "MALLOC_MMAP_THRESHOLD_");

    private Launch() {}

    /**
     * @param command the child's, and what may stand before it
     * @throws IOException naming the program and what to do, never its arguments
     */
    static Process of(ChildSpec spec, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        complete(builder.environment(), spec);
        builder.directory(spec.folder().toFile());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new IOException(remedy(spec, e), e);
        }
    }

    /** Makes of this program's environment that of the child. */
    static void complete(Map<String, String> environment, ChildSpec spec) {
        environment.keySet().removeAll(OF_JAVA_ALONE);
        environment.putAll(spec.environment());
    }

    private static String remedy(ChildSpec spec, IOException e) {
        String child = "child " + spec.name() + ": ";
        if (!Files.isDirectory(spec.folder())) {
            return child + "its folder " + spec.folder() + " does not exist; create it";
        }
        String text = String.valueOf(e.getMessage());
        String reason = text.substring(text.lastIndexOf(": ") + 1).strip();
        return child
                + "cannot run "
                + spec.command().get(0)
                + " ("
                + reason
                + "); install it, or make it executable, or correct its path";
    }
}
