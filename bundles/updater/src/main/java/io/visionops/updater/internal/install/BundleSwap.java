package io.visionops.updater.internal.install;

import static java.util.stream.Collectors.joining;

import io.visionops.api.update.UpdateException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.karaf.features.FeaturesService;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the bundles of the running framework to those of a program, by way of the features service
 * so that no later operation of it puts them back. Blocks for as long as bundles take to start.
 */
public final class BundleSwap implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BundleSwap.class);

    /**
     * Without the refresh that the service would make: a bundle that exports nothing needs none,
     * and the service would include everybody who has an optional import that can be wired by now,
     * and so the whole program.
     */
    private static final EnumSet<FeaturesService.Option> HOW =
            EnumSet.of(FeaturesService.Option.Upgrade, FeaturesService.Option.NoAutoRefreshBundles);

    /** Of a reason, at most. */
    private static final int LINES = 3;

    /** Somebody else changes bundles at this moment: a part that starts, or an admin. */
    private static final Pattern BUSY =
            Pattern.compile(
                    "unable to acquire .*lock|cannot acquire .*lock|either starting or stopping"
                            + "|a starting or stopping bundle",
                    Pattern.CASE_INSENSITIVE);

    private static final int TRIES = 5;

    private static final long PAUSE_SECONDS = 1;

    private final BundleContext context;
    private final Supplier<Optional<FeaturesService>> features;
    private final CountDownLatch closed = new CountDownLatch(1);

    public BundleSwap(BundleContext context, Supplier<Optional<FeaturesService>> features) {
        this.context = context;
        this.features = features;
    }

    /**
     * Does it, and starts what does not start by itself. What fails since the framework is busy is
     * tried again: the release is not to blame.
     *
     * @param from program whose features are installed
     * @param to program whose features are to be
     * @throws UpdateException when it cannot be done; some bundles may be those of {@code to}
     */
    public void swap(Path from, Path to, Map<String, String> expected) throws UpdateException {
        for (int left = TRIES; ; left--) {
            try {
                swapOnce(from, to, expected);
                return;
            } catch (UpdateException e) {
                if (left == 1 || !isBusy(e)) {
                    throw e;
                }
                LOG.info("the framework is busy, and is asked once more: {}", e.getMessage());
                awaitLess(e);
            }
        }
    }

    private void awaitLess(UpdateException busy) throws UpdateException {
        try {
            if (closed.await(PAUSE_SECONDS, TimeUnit.SECONDS)) {
                throw busy;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw busy;
        }
    }

    private static boolean isBusy(Throwable e) {
        for (Throwable one = e; one != null; one = one.getCause()) {
            if (BUSY.matcher(Objects.toString(one.getMessage(), "")).find()) {
                return true;
            }
        }
        return false;
    }

    private void swapOnce(Path from, Path to, Map<String, String> expected) throws UpdateException {
        FeaturesService service =
                features.get()
                        .orElseThrow(
                                () -> new UpdateException("the features service is not there"));
        BootFeatures old = BootFeatures.of(from);
        BootFeatures next = BootFeatures.of(to);
        try {
            service.addRepository(next.repository());
            service.installFeatures(next.features(), HOW);
            if (!old.repository().equals(next.repository())) {
                service.removeRepository(old.repository());
            }
        } catch (Exception e) {
            throw new UpdateException("the bundles cannot be swapped: " + line(e), e);
        }
        start(expected);
        List<String> wrong = wrong(expected);
        if (!wrong.isEmpty()) {
            throw new UpdateException(String.join("; ", wrong));
        }
    }

    /** After an update that failed, the framework leaves a bundle as it is. */
    private void start(Map<String, String> expected) throws UpdateException {
        for (Bundle bundle : context.getBundles()) {
            if (expected.containsKey(bundle.getSymbolicName())
                    && bundle.getState() != Bundle.ACTIVE
                    && !isFragment(bundle)) {
                try {
                    bundle.start();
                } catch (BundleException | IllegalStateException e) {
                    throw new UpdateException(
                            bundle.getSymbolicName() + " does not start: " + line(e), e);
                }
            }
        }
    }

    private static boolean isFragment(Bundle bundle) {
        return bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
    }

    /**
     * What is not as it should be; empty when each bundle has its version and is active.
     *
     * @param expected version by symbolic name
     */
    public List<String> wrong(Map<String, String> expected) {
        List<String> wrong = new ArrayList<>();
        expected.forEach(
                (name, version) -> {
                    Optional<Bundle> bundle = find(name);
                    if (bundle.isEmpty()) {
                        wrong.add(name + " is missing");
                        return;
                    }
                    Bundle one = bundle.get();
                    if (!one.getVersion().toString().equals(version)) {
                        wrong.add(name + " is of version " + one.getVersion());
                    } else if (one.getState() != Bundle.ACTIVE && !isFragment(one)) {
                        wrong.add(name + " is not active");
                    }
                });
        return wrong;
    }

    private Optional<Bundle> find(String name) {
        for (Bundle bundle : context.getBundles()) {
            if (name.equals(bundle.getSymbolicName())) {
                return Optional.of(bundle);
            }
        }
        return Optional.empty();
    }

    /** The innermost cause says what is wrong; the features service says it in several lines. */
    private static String line(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String words =
                Objects.toString(cause.getMessage(), "")
                        .lines()
                        .map(String::strip)
                        .limit(LINES)
                        .collect(joining(" "));
        return words.isEmpty() ? cause.getClass().getSimpleName() : words;
    }

    /** A framework that is busy is not waited for any longer. */
    @Override
    public void close() {
        closed.countDown();
    }
}
