package io.visionops.login.internal.redaction;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * A view of the configuration admin, and of its configurations, in which secrets are masked. What
 * is saved through it keeps the secrets that were not shown.
 */
final class MaskedConfigurations implements InvocationHandler {

    private final Object target;

    private MaskedConfigurations(Object target) {
        this.target = target;
    }

    static ConfigurationAdmin of(ConfigurationAdmin real) {
        return view(ConfigurationAdmin.class, real);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
            throws Throwable {
        if (target instanceof Configuration configuration
                && arguments != null
                && arguments.length == 1
                && arguments[0] instanceof Dictionary<?, ?> saved) {
            arguments[0] = lifted(saved, configuration.getProperties());
        }
        try {
            return masked(method.invoke(target, arguments));
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private static Dictionary<String, Object> lifted(
            Dictionary<?, ?> saved, @Nullable Dictionary<String, Object> real) throws IOException {
        Dictionary<String, Object> lifted = new Hashtable<>();
        for (Object key : Collections.list(saved.keys())) {
            String name = key.toString();
            lifted.put(
                    name, Mask.lifted(name, saved.get(key), real == null ? null : real.get(name)));
        }
        return lifted;
    }

    @SuppressWarnings("unchecked")
    private @Nullable Object masked(@Nullable Object result) {
        if (result instanceof Configuration one) {
            return view(Configuration.class, one);
        }
        if (result instanceof Configuration[] several) {
            return Arrays.stream(several)
                    .map(one -> view(Configuration.class, one))
                    .toArray(Configuration[]::new);
        }
        return target instanceof Configuration && result instanceof Dictionary<?, ?> properties
                ? Mask.of((Dictionary<String, ?>) properties)
                : result;
    }

    private static <T> T view(Class<T> type, T real) {
        return type.cast(
                Proxy.newProxyInstance(
                        MaskedConfigurations.class.getClassLoader(),
                        new Class<?>[] {type},
                        new MaskedConfigurations(real)));
    }
}
