package io.visionops.health.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.api.diagnostics.DiagnosticsSource;
import io.visionops.support.json.HandoverJson;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the computer looked like when it was last looked at. Thread-safe. */
@Component(service = DiagnosticsSource.class)
public final class MachineDiagnostics implements DiagnosticsSource {

    private final MachineComponent machine;
    private final ObjectMapper json = HandoverJson.mapper();

    @Activate
    public MachineDiagnostics(@Reference MachineComponent machine) {
        this.machine = machine;
    }

    @Override
    public String name() {
        return "health/machine.json";
    }

    @Override
    public Duration deadline() {
        return Duration.ofSeconds(2);
    }

    @Override
    public String produce() throws Exception {
        return json.writeValueAsString(machine.machine().latest());
    }
}
