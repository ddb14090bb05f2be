package io.visionops.health.internal.expected;

import io.visionops.health.internal.expected.BundleView.Condition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.karaf.features.BundleInfo;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/**
 * Looks at the framework, the component runtime and the features that are installed. It waits for
 * locks of all three, so it is not for the thread of the rounds.
 */
public final class OsgiFramework implements Supplier<FrameworkSample> {

    private static final String OURS = "io.visionops.";

    /** Group and artifact, version. A bundle that is updated in place keeps its location. */
    private static final Pattern LOCATION = Pattern.compile(".*mvn:([^/]+/[^/]+)/([^/]+).*");

    /** What features bring, version by group and artifact. */
    private record Released(List<Feature> features, Map<String, String> versions) {

        boolean isOf(List<Feature> others) {
            boolean same = features.size() == others.size();
            for (int i = 0; same && i < features.size(); i++) {
                same = features.get(i) == others.get(i);
            }
            return same;
        }
    }

    private final BundleContext context;
    private final Supplier<Optional<ServiceComponentRuntime>> components;
    private final Supplier<Optional<FeaturesService>> features;
    private volatile Released last = new Released(List.of(), Map.of());

    public OsgiFramework(
            BundleContext context,
            Supplier<Optional<ServiceComponentRuntime>> components,
            Supplier<Optional<FeaturesService>> features) {
        this.context = context;
        this.components = components;
        this.features = features;
    }

    @Override
    public FrameworkSample get() {
        Map<String, String> released = released();
        Map<String, String> versions = new HashMap<>();
        released.forEach(
                (artifact, version) -> {
                    if (artifact.startsWith("io.visionops/")) {
                        versions.put(artifact.replace('/', '.'), version);
                    }
                });
        List<BundleView> bundles = new ArrayList<>();
        Set<String> missing = new HashSet<>(released.keySet());
        for (Bundle bundle : context.getBundles()) {
            String artifact = artifact(bundle.getLocation());
            String name = String.valueOf(bundle.getSymbolicName());
            missing.remove(artifact);
            if (artifact.isEmpty()) {
                missing.removeIf(one -> isOf(one, bundle.getLocation()));
            }
            if (bundle.getBundleId() > 0) {
                bundles.add(
                        new BundleView(
                                name,
                                bundle.getVersion().toString(),
                                condition(bundle),
                                artifact.isEmpty()
                                        || released.containsKey(artifact)
                                        || name.startsWith(OURS),
                                name.startsWith(OURS) ? faults(bundle) : List.of()));
            }
        }
        // What our own parts miss is told of each of them.
        missing.removeIf(artifact -> artifact.startsWith("io.visionops/"));
        return new FrameworkSample(bundles, versions, missing.stream().sorted().toList());
    }

    private static Condition condition(Bundle bundle) {
        return switch (bundle.getState()) {
            case Bundle.ACTIVE -> Condition.ACTIVE;
            case Bundle.STARTING ->
                    header(bundle, Constants.BUNDLE_ACTIVATIONPOLICY)
                                    .startsWith(Constants.ACTIVATION_LAZY)
                            ? Condition.ACTIVE
                            : Condition.STARTING;
            case Bundle.STOPPING -> Condition.STOPPING;
            case Bundle.RESOLVED ->
                    header(bundle, Constants.FRAGMENT_HOST).isEmpty()
                            ? Condition.STOPPED
                            : Condition.ACTIVE;
            default -> Condition.UNRESOLVED;
        };
    }

    /** Each call copies all headers of the bundle, so only where they matter. */
    private static String header(Bundle bundle, String name) {
        String value = bundle.getHeaders("").get(name);
        return value == null ? "" : value;
    }

    /**
     * Version by group and artifact, of all bundles of the features that are installed; read anew
     * only when these are other objects than at the last look: a new release may have features of
     * the same name and version.
     */
    private Map<String, String> released() {
        List<Feature> features = installed();
        Released known = last;
        if (!known.isOf(features)) {
            known = new Released(features, Map.copyOf(versions(features)));
            last = known;
        }
        return known.versions();
    }

    private static Map<String, String> versions(List<Feature> features) {
        Map<String, String> versions = new HashMap<>();
        for (Feature feature : features) {
            for (BundleInfo bundle : feature.getBundles()) {
                Matcher location = LOCATION.matcher(bundle.getLocation());
                if (!bundle.isDependency() && !bundle.isBlacklisted() && location.matches()) {
                    versions.put(location.group(1), location.group(2));
                }
            }
        }
        return versions;
    }

    private List<Feature> installed() {
        Optional<FeaturesService> service = features.get();
        if (service.isEmpty()) {
            return List.of();
        }
        try {
            return Arrays.asList(service.get().listInstalledFeatures());
        } catch (Exception e) {
            throw new IllegalStateException("the features service does not answer", e);
        }
    }

    private static String artifact(String location) {
        Matcher parts = LOCATION.matcher(location);
        return parts.matches() ? parts.group(1) : "";
    }

    /** What Karaf starts with is there by the path of its file. */
    private static boolean isOf(String artifact, String location) {
        int slash = artifact.indexOf('/');
        return location.contains(
                "/"
                        + artifact.substring(0, slash).replace('.', '/')
                        + artifact.substring(slash)
                        + "/");
    }

    private List<String> faults(Bundle bundle) {
        Optional<ServiceComponentRuntime> runtime = components.get();
        if (runtime.isEmpty() || bundle.getState() != Bundle.ACTIVE) {
            return List.of();
        }
        List<String> faults = new ArrayList<>();
        for (ComponentDescriptionDTO component :
                runtime.get().getComponentDescriptionDTOs(bundle)) {
            for (ComponentConfigurationDTO one :
                    runtime.get().getComponentConfigurationDTOs(component)) {
                fault(one).ifPresent(faults::add);
            }
        }
        return faults;
    }

    private static Optional<String> fault(ComponentConfigurationDTO one) {
        String name = simple(one.description.implementationClass);
        return switch (one.state) {
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
                    Optional.of(
                            "component " + name + " waits for " + String.join(", ", waits(one)));
            case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION ->
                    Optional.of("component " + name + " waits for its configuration");
            case ComponentConfigurationDTO.FAILED_ACTIVATION ->
                    Optional.of("component " + name + " has failed: " + firstLine(one.failure));
            default -> Optional.empty();
        };
    }

    private static List<String> waits(ComponentConfigurationDTO one) {
        List<String> waits = new ArrayList<>();
        for (UnsatisfiedReferenceDTO unsatisfied : one.unsatisfiedReferences) {
            for (ReferenceDTO reference : one.description.references) {
                if (reference.name.equals(unsatisfied.name)) {
                    waits.add(simple(reference.interfaceName));
                }
            }
        }
        return waits;
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    private static String firstLine(String trace) {
        return trace == null ? "the log says why" : trace.lines().findFirst().orElse("");
    }
}
