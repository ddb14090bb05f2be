package io.visionops.api.diagnostics;

import java.time.Duration;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a part has to say in a diagnostics file, registered as a service. Secrets are masked there
 * once more, but only by their looks: what a part knows to be secret it leaves out. Thread-safe.
 */
@ConsumerType
public interface DiagnosticsSource {

    /** Name in the file: {@code health/machine.json}, small letters, digits, {@code . - /}. */
    String name();

    /** How long it takes at most. */
    Duration deadline();

    /**
     * The text: JSON where the name ends with {@code .json}. Of more than 2 MB the rest is left
     * out.
     *
     * @throws Exception when it fails, with one line for a person
     */
    String produce() throws Exception;
}
