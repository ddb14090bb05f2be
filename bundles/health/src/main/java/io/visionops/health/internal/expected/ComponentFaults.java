package io.visionops.health.internal.expected;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** Which components of a bundle do not come up, and why, in plain words. */
final class ComponentFaults {

    private ComponentFaults() {}

    static List<String> of(Bundle bundle, ServiceComponentRuntime runtime) {
        if (bundle.getState() != Bundle.ACTIVE) {
            return List.of();
        }
        List<String> faults = new ArrayList<>();
        for (ComponentDescriptionDTO component : runtime.getComponentDescriptionDTOs(bundle)) {
            for (ComponentConfigurationDTO one : runtime.getComponentConfigurationDTOs(component)) {
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
