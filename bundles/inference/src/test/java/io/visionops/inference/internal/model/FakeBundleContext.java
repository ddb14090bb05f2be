package io.visionops.inference.internal.model;

import io.visionops.api.detect.Detector;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** Keeps the detectors that are registered. Thread-safe. */
final class FakeBundleContext {

    private final CopyOnWriteArrayList<Detector> detectors = new CopyOnWriteArrayList<>();
    private final Map<String, String> properties = new HashMap<>();

    FakeBundleContext with(String key, String value) {
        properties.put(key, value);
        return this;
    }

    Optional<Detector> detector(String name) {
        return detectors.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** In the order in which they came. */
    List<String> names() {
        return detectors.stream().map(Detector::name).toList();
    }

    int count() {
        return detectors.size();
    }

    BundleContext context() {
        return (BundleContext)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {BundleContext.class},
                        (proxy, method, arguments) ->
                                switch (method.getName()) {
                                    case "getProperty" -> properties.get(arguments[0]);
                                    case "registerService" -> register((Detector) arguments[1]);
                                    default ->
                                            throw new UnsupportedOperationException(
                                                    method.getName());
                                });
    }

    private ServiceRegistration<?> register(Detector detector) {
        detectors.add(detector);
        return (ServiceRegistration<?>)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {ServiceRegistration.class},
                        (proxy, method, arguments) -> {
                            if (!method.getName().equals("unregister")) {
                                throw new UnsupportedOperationException(method.getName());
                            }
                            detectors.remove(detector);
                            return null;
                        });
    }
}
