package io.visionops.backup.internal.diagnostics;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.api.diagnostics.DiagnosticsSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Which bundles and components there are, and how they are. Thread-safe. */
public final class FrameworkSources {

    private final BundleContext context;
    private final Supplier<Optional<ServiceComponentRuntime>> components;
    private final ObjectMapper json;

    public FrameworkSources(
            BundleContext context,
            Supplier<Optional<ServiceComponentRuntime>> components,
            ObjectMapper json) {
        this.context = context;
        this.components = components;
        this.json = json;
    }

    public List<DiagnosticsSource> all() {
        return List.of(
                NamedSource.of("osgi/bundles.json", this::bundles),
                NamedSource.of("osgi/components.json", this::components));
    }

    private String bundles() throws Exception {
        List<Object> all = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("id", bundle.getBundleId());
            one.put("name", String.valueOf(bundle.getSymbolicName()));
            one.put("version", bundle.getVersion().toString());
            one.put("state", state(bundle.getState()));
            all.add(one);
        }
        return json.writeValueAsString(all);
    }

    private static String state(int state) {
        return switch (state) {
            case Bundle.ACTIVE -> "active";
            case Bundle.RESOLVED -> "resolved";
            case Bundle.STARTING -> "starting";
            case Bundle.STOPPING -> "stopping";
            case Bundle.INSTALLED -> "installed";
            default -> "uninstalled";
        };
    }

    private String components() throws Exception {
        ServiceComponentRuntime runtime =
                components
                        .get()
                        .orElseThrow(
                                () -> new IllegalStateException("there is no component runtime"));
        List<Object> all = new ArrayList<>();
        for (ComponentDescriptionDTO description : runtime.getComponentDescriptionDTOs()) {
            for (ComponentConfigurationDTO one :
                    runtime.getComponentConfigurationDTOs(description)) {
                Map<String, Object> component = new LinkedHashMap<>();
                component.put("bundle", description.bundle.symbolicName);
                component.put("component", description.name);
                component.put("state", componentState(one.state));
                component.put(
                        "unsatisfied",
                        Arrays.stream(one.unsatisfiedReferences)
                                .map(reference -> reference.name)
                                .toList());
                // The first line: a trace is in the log.
                component.put(
                        "failure",
                        Optional.ofNullable(one.failure).flatMap(text -> text.lines().findFirst()));
                all.add(component);
            }
        }
        return json.writeValueAsString(all);
    }

    private static String componentState(int state) {
        return switch (state) {
            case ComponentConfigurationDTO.ACTIVE -> "active";
            case ComponentConfigurationDTO.SATISFIED -> "satisfied";
            case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION -> "without configuration";
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE -> "without a reference";
            case ComponentConfigurationDTO.FAILED_ACTIVATION -> "failed";
            default -> "unknown";
        };
    }
}
