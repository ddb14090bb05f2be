package io.visionops.health.internal;

import io.visionops.health.internal.machine.Limits;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The limits of the computer as they are configured. */
final class ConfiguredLimits {

    private ConfiguredLimits() {}

    /**
     * @throws IllegalArgumentException with one line for the admin
     */
    static Limits of(HealthConfig config) {
        return read(method -> value(method, config));
    }

    /** Those of a configuration in which nothing is set. */
    static Limits defaults() {
        return read(Method::getDefaultValue);
    }

    private static Limits read(Function<Method, @Nullable Object> values) {
        Map<String, String> texts = new HashMap<>();
        for (Method key : HealthConfig.class.getDeclaredMethods()) {
            texts.put(key.getName().replace('_', '.'), String.valueOf(values.apply(key)));
        }
        return Limits.read(texts);
    }

    private static Object value(Method key, HealthConfig config) {
        try {
            return key.invoke(config);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(key.getName() + " cannot be read", e);
        }
    }
}
