package io.visionops.inference.internal.track;

import java.nio.file.Path;

/**
 * Models and ground truth that are no part of the product. They lie in a folder beside the
 * checkout, or where the system property {@code visionops.shared} or the environment variable
 * {@code VISIONOPS_SHARED} says.
 */
public final class SharedData {

    private SharedData() {}

    public static Path file(String name) {
        String folder = System.getProperty("visionops.shared", System.getenv("VISIONOPS_SHARED"));
        // Tests run in the module's folder, bundles/inference.
        return (folder == null ? Path.of("../../../shared") : Path.of(folder)).resolve(name);
    }
}
