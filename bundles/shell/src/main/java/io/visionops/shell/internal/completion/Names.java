package io.visionops.shell.internal.completion;

import io.visionops.api.camera.CameraSettings;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Offers names that a part knows right now; nothing while it is missing. */
abstract class Names implements Completer {

    private static final Logger LOG = LoggerFactory.getLogger(Names.class);

    @Reference
    @SuppressWarnings("NullAway.Init")
    protected BundleContext bundles;

    protected abstract Stream<String> names(Parts parts);

    @Override
    public final int complete(Session session, CommandLine line, List<String> candidates) {
        try (Parts parts = new Parts(bundles, Duration.ZERO)) {
            return new StringsCompleter(names(parts).toList()).complete(session, line, candidates);
        } catch (RuntimeException e) {
            LOG.debug("no completion", e);
            return -1;
        }
    }

    static Stream<CameraSettings> cameras(Parts parts) {
        return parts.find(Part.CAMERAS).stream()
                .flatMap(cameras -> cameras.list().stream())
                .map(camera -> camera.settings());
    }
}
