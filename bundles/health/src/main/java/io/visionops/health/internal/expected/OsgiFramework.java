package io.visionops.health.internal.expected;

import io.visionops.api.time.Ticker;
import io.visionops.health.internal.expected.BundleView.Condition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/**
 * Looks at the framework, the component runtime and the features that are installed. It waits for
 * locks of all three, so it is not for the thread of the rounds. A look at each component copies
 * hundreds of kilobytes, so the last sample is given again where nothing has changed and nothing
 * was wrong with a component. The component runtime tells of a change with up to five seconds'
 * delay, and perhaps not of all: what is five minutes old is looked at anew.
 */
public final class OsgiFramework implements Supplier<FrameworkSample> {

    private static final String OURS = "io.visionops.";

    private static final Duration OLDEST = Duration.ofMinutes(5);

    /** Features that are others come with other bundles, at the latest some seconds after them. */
    private static final Duration OLDEST_FEATURES = Duration.ofSeconds(15);

    /** What a sample was taken of; equal while nothing that is told of has changed. */
    private record Stamp(Released released, long bundles, Object components) {}

    private record Installed(Released released, long nanos) {}

    private record Look(Stamp stamp, long nanos, FrameworkSample sample) {}

    private final BundleContext context;
    private final Supplier<Optional<ServiceComponentRuntime>> components;
    private final Supplier<Object> componentChanges;
    private final Supplier<Optional<FeaturesService>> features;
    private final Ticker ticker;
    private volatile Installed installed = new Installed(Released.NONE, 0);
    private volatile @Nullable Look last;

    /**
     * @param componentChanges another value after each change of a component
     */
    public OsgiFramework(
            BundleContext context,
            Supplier<Optional<ServiceComponentRuntime>> components,
            Supplier<Object> componentChanges,
            Supplier<Optional<FeaturesService>> features,
            Ticker ticker) {
        this.context = context;
        this.components = components;
        this.componentChanges = componentChanges;
        this.features = features;
        this.ticker = ticker;
    }

    @Override
    public FrameworkSample get() {
        Bundle[] bundles = context.getBundles();
        // Before the components: a change while they are read makes the next look a new one.
        long now = ticker.nanos();
        long present = stamp(bundles);
        Look known = last;
        boolean sameBundles = known != null && known.stamp.bundles == present;
        Stamp stamp = new Stamp(released(sameBundles, now), present, componentChanges.get());
        if (known != null
                && known.stamp.equals(stamp)
                && known.sample.isWithoutFaults()
                && now - known.nanos < OLDEST.toNanos()) {
            return known.sample;
        }
        FrameworkSample sample = look(bundles, stamp.released);
        last = new Look(stamp, now, sample);
        return sample;
    }

    private static long stamp(Bundle[] bundles) {
        long stamp = bundles.length;
        for (Bundle bundle : bundles) {
            stamp = 31 * stamp + bundle.getBundleId();
            stamp = 31 * stamp + bundle.getState();
            stamp = 31 * stamp + bundle.getLastModified();
        }
        return stamp;
    }

    private FrameworkSample look(Bundle[] bundles, Released released) {
        List<BundleView> views = new ArrayList<>();
        Set<String> missing = new HashSet<>(released.versions().keySet());
        for (Bundle bundle : bundles) {
            Released.Origin origin = released.origin(bundle.getLocation());
            String name = String.valueOf(bundle.getSymbolicName());
            origin.artifacts().forEach(missing::remove);
            if (bundle.getBundleId() > 0) {
                views.add(
                        new BundleView(
                                name,
                                bundle.getVersion().toString(),
                                condition(bundle),
                                origin.ofRelease() || name.startsWith(OURS),
                                name.startsWith(OURS) ? faults(bundle) : List.of()));
            }
        }
        // What our own parts miss is told of each of them.
        missing.removeIf(artifact -> artifact.startsWith("io.visionops/"));
        return new FrameworkSample(views, released.ours(), missing.stream().sorted().toList());
    }

    private List<String> faults(Bundle bundle) {
        return components
                .get()
                .map(runtime -> ComponentFaults.of(bundle, runtime))
                .orElse(List.of());
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

    /** What the installed features bring; read anew only when these are others. */
    private Released released(boolean sameBundles, long now) {
        Installed known = installed;
        if (sameBundles && now - known.nanos < OLDEST_FEATURES.toNanos()) {
            return known.released;
        }
        List<Feature> features = features();
        Released released = known.released.isOf(features) ? known.released : Released.by(features);
        installed = new Installed(released, now);
        return released;
    }

    private List<Feature> features() {
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
}
