package io.visionops.backup.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.api.diagnostics.Diagnostics;
import io.visionops.api.diagnostics.DiagnosticsFile;
import io.visionops.api.diagnostics.DiagnosticsSource;
import io.visionops.api.subject.Actor;
import io.visionops.api.time.Ticker;
import io.visionops.backup.internal.diagnostics.DiagnosticsMaker;
import io.visionops.backup.internal.diagnostics.FrameworkSources;
import io.visionops.backup.internal.diagnostics.JvmSources;
import io.visionops.backup.internal.diagnostics.PartSources;
import io.visionops.support.json.HandoverJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** Makes diagnostics files of this installation. Thread-safe. */
@Component(service = Diagnostics.class)
public final class DiagnosticsComponent implements Diagnostics {

    /** What parts have to say by themselves. */
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<DiagnosticsSource> offered = List.of();

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable ServiceComponentRuntime components;

    private final DiagnosticsMaker maker;

    @Activate
    public DiagnosticsComponent(BundleContext context) {
        ObjectMapper json = HandoverJson.mapper();
        Path home = Path.of(context.getProperty("karaf.base"));
        PartSources parts = new PartSources(context, json);
        FrameworkSources framework =
                new FrameworkSources(context, () -> Optional.ofNullable(components), json);
        JvmSources jvm = new JvmSources(json);
        maker =
                new DiagnosticsMaker(
                        new DiagnosticsMaker.Folders(
                                home.resolve("diagnostics"),
                                Path.of(context.getProperty("karaf.etc")),
                                Path.of(context.getProperty("karaf.log")),
                                List.of(
                                        home.resolve("keys"),
                                        Path.of(context.getProperty("karaf.data"))
                                                .resolve("secrets"))),
                        context.getBundle().getVersion().toString(),
                        () -> {
                            List<DiagnosticsSource> all = new ArrayList<>(parts.all());
                            all.addAll(offered);
                            all.addAll(framework.all());
                            all.addAll(jvm.all());
                            return all;
                        },
                        json,
                        Clock.systemUTC(),
                        Ticker.system());
    }

    @Override
    public DiagnosticsFile make(Optional<Path> file, Actor by) throws IOException {
        return maker.make(file, by);
    }
}
