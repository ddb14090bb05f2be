package io.visionops.itests;

import java.util.HashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/** The manifest of a bundle that a test packs. */
final class BundleManifest {

    private BundleManifest() {}

    static Manifest of(String name, String version, Map<String, String> more) {
        Map<String, String> lines = new HashMap<>(more);
        lines.put("Manifest-Version", "1.0");
        lines.put("Bundle-ManifestVersion", "2");
        lines.put("Bundle-SymbolicName", name);
        lines.put("Bundle-Version", version);
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        lines.forEach(attributes::putValue);
        return manifest;
    }
}
