package io.visionops.inference.internal.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import io.visionops.support.WholeFile;
import io.visionops.support.natives.UnpackedFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/**
 * Brings ONNX Runtime up with its libraries in a folder of ours. Left alone it would unpack 28 MB
 * into the temporary folder at each start and leave them there after a kill.
 */
public final class OnnxRuntime {

    private static final String FOLDER_PROPERTY = "onnxruntime.native.path";
    private static final String RESOURCES = "/ai/onnxruntime/native/";

    private OnnxRuntime() {}

    /**
     * Unpacks the libraries where they are not yet, and loads them. Cheap from the second call on.
     *
     * @param natives folder for native libraries; gets one for this version
     * @throws IOException when they cannot be written, or do not work on this machine
     */
    public static OrtEnvironment start(Path natives) throws IOException {
        Path folder = natives.resolve("onnxruntime-" + version());
        unpackOnce(folder);
        try {
            return OrtEnvironment.getEnvironment(
                    OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "visionops");
        } catch (LinkageError | IllegalStateException e) {
            if (unpacked(folder).removeDamaged().isEmpty()) {
                throw new IOException("ONNX Runtime does not work on this machine: " + e, e);
            }
            // Its classes stay useless until then.
            throw new IOException(
                    "a file of ONNX Runtime was damaged; the next start of the program unpacks it",
                    e);
        }
    }

    /** One at a time: the passing name of a file is for one writer. */
    private static synchronized void unpackOnce(Path folder) throws IOException {
        if (System.getProperty(FOLDER_PROPERTY) == null) {
            Files.createDirectories(folder);
            unpacked(folder).checkOnceABoot();
            for (String library : List.of("onnxruntime", "onnxruntime4j_jni")) {
                unpack(System.mapLibraryName(library), folder);
            }
            System.setProperty(FOLDER_PROPERTY, folder.toAbsolutePath().toString());
        }
    }

    private static UnpackedFiles unpacked(Path folder) {
        return new UnpackedFiles(
                folder, file -> Optional.ofNullable(packed(String.valueOf(file.getFileName()))));
    }

    private static @Nullable URL packed(String library) {
        return OrtEnvironment.class.getResource(RESOURCES + platform() + "/" + library);
    }

    private static String version() {
        Bundle bundle = FrameworkUtil.getBundle(OrtEnvironment.class);
        return bundle == null ? "test" : bundle.getVersion().toString();
    }

    private static void unpack(String library, Path folder) throws IOException {
        URL packed = packed(library);
        if (packed == null) {
            throw new IOException(
                    "no ONNX Runtime for this machine: " + platform() + "/" + library);
        }
        Path target = folder.resolve(library);
        if (Files.exists(target)
                && Files.size(target) == packed.openConnection().getContentLength()) {
            return;
        }
        try (InputStream in = packed.openStream()) {
            WholeFile.write(target, in);
        }
    }

    private static String platform() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String os = system.contains("win") ? "win" : system.contains("mac") ? "osx" : "linux";
        return os + (machine.equals("aarch64") || machine.equals("arm64") ? "-aarch64" : "-x64");
    }
}
