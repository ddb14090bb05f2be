package io.visionops.store.internal;

import io.visionops.store.internal.picture.PictureKeys;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** As much of a framework as the component asks for. Thread-safe. */
final class FakeFramework {

    private final Map<String, String> properties;
    private final List<Offered> services = new CopyOnWriteArrayList<>();
    private volatile Runnable onWithdrawal = () -> {};

    private record Offered(Class<?> type, Object service) {}

    FakeFramework(Map<String, String> properties) {
        this.properties = Map.copyOf(properties);
    }

    /** What users of the services do when these are withdrawn. */
    void onWithdrawal(Runnable action) {
        onWithdrawal = action;
    }

    <T> Optional<T> service(Class<T> type) {
        return services.stream()
                .filter(one -> one.type().equals(type))
                .map(one -> type.cast(one.service()))
                .findFirst();
    }

    int services() {
        return services.size();
    }

    BundleContext context() {
        return proxy(
                BundleContext.class,
                (self, method, arguments) ->
                        switch (method.getName()) {
                            case "getProperty" -> properties.get((String) arguments[0]);
                            case "registerService" ->
                                    register((Class<?>) arguments[0], arguments[1]);
                            default -> throw new UnsupportedOperationException(method.getName());
                        });
    }

    /** With a key of pictures of its own. */
    StoreComponent component(StoreConfig config) {
        return new StoreComponent(context(), PictureKeys.ofTheirOwn(), config);
    }

    /** A configuration with its defaults but for what is given, by method name. */
    static StoreConfig config(Map<String, String> values) {
        return proxy(
                StoreConfig.class,
                (self, method, arguments) ->
                        values.getOrDefault(method.getName(), (String) method.getDefaultValue()));
    }

    private ServiceRegistration<?> register(Class<?> type, Object service) {
        Offered offered = new Offered(type, service);
        services.add(offered);
        List<Offered> registered = new ArrayList<>(List.of(offered));
        return proxy(
                ServiceRegistration.class,
                (self, method, arguments) -> {
                    if (!registered.remove(offered)) {
                        throw new IllegalStateException("unregistered twice");
                    }
                    services.remove(offered);
                    onWithdrawal.run();
                    return null;
                });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
