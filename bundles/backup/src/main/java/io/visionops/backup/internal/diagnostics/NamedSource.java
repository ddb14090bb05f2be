package io.visionops.backup.internal.diagnostics;

import io.visionops.api.diagnostics.DiagnosticsSource;
import java.time.Duration;
import java.util.concurrent.Callable;

/** A source that is a piece of code. */
public record NamedSource(String name, Duration deadline, Callable<String> text)
        implements DiagnosticsSource {

    private static final Duration USUAL = Duration.ofSeconds(6);

    public static NamedSource of(String name, Callable<String> text) {
        return new NamedSource(name, USUAL, text);
    }

    @Override
    public String produce() throws Exception {
        return text.call();
    }
}
