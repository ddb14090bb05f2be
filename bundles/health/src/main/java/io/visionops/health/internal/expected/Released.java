package io.visionops.health.internal.expected;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.karaf.features.BundleInfo;
import org.apache.karaf.features.Feature;

/**
 * What the installed features bring. Thread-safe; equal to itself alone, since it is made anew when
 * the features are others.
 */
final class Released {

    static final Released NONE = new Released(List.of(), Map.of());

    /** Group and artifact, version. A bundle that is updated in place keeps its location. */
    private static final Pattern LOCATION = Pattern.compile(".*mvn:([^/]+/[^/]+)/([^/]+).*");

    private final List<Feature> features;
    private final Map<String, String> versions;
    private final Map<String, String> ours;

    /** By location. */
    private final Map<String, Origin> origins = new ConcurrentHashMap<>();

    /**
     * Where an installed bundle comes from.
     *
     * @param artifacts which of those released it may be
     * @param ofRelease whether a feature has it, or nobody can say
     */
    record Origin(List<String> artifacts, boolean ofRelease) {}

    private Released(List<Feature> features, Map<String, String> versions) {
        this.features = features;
        this.versions = Map.copyOf(versions);
        Map<String, String> parts = new HashMap<>();
        versions.forEach(
                (artifact, version) -> {
                    if (artifact.startsWith("io.visionops/")) {
                        parts.put(artifact.replace('/', '.'), version);
                    }
                });
        ours = Map.copyOf(parts);
    }

    static Released by(List<Feature> features) {
        Map<String, String> versions = new HashMap<>();
        for (Feature feature : features) {
            for (BundleInfo bundle : feature.getBundles()) {
                Matcher location = LOCATION.matcher(bundle.getLocation());
                if (!bundle.isDependency() && !bundle.isBlacklisted() && location.matches()) {
                    versions.put(location.group(1), location.group(2));
                }
            }
        }
        return new Released(List.copyOf(features), versions);
    }

    /** By identity: a new release may have features of the same name and version. */
    boolean isOf(List<Feature> others) {
        boolean same = features.size() == others.size();
        for (int i = 0; same && i < features.size(); i++) {
            same = features.get(i) == others.get(i);
        }
        return same;
    }

    /** Version by group and artifact. */
    Map<String, String> versions() {
        return versions;
    }

    /** Version of our bundles by symbolic name. */
    Map<String, String> ours() {
        return ours;
    }

    /** Of the bundle with this location. */
    Origin origin(String location) {
        return origins.computeIfAbsent(location, this::find);
    }

    private Origin find(String location) {
        Matcher parts = LOCATION.matcher(location);
        if (parts.matches()) {
            String artifact = parts.group(1);
            return new Origin(List.of(artifact), versions.containsKey(artifact));
        }
        return new Origin(
                versions.keySet().stream().filter(one -> isIn(one, location)).toList(), true);
    }

    /** What Karaf starts with is there by the path of its file. */
    private static boolean isIn(String artifact, String location) {
        int slash = artifact.indexOf('/');
        return location.contains(
                "/"
                        + artifact.substring(0, slash).replace('.', '/')
                        + artifact.substring(slash)
                        + "/");
    }
}
