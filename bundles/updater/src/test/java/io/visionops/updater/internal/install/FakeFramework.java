package io.visionops.updater.internal.install;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.karaf.features.FeaturesService;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;

/**
 * Bundles whose versions a features service changes, as far as a swap looks at them; everything
 * else is not there. For one thread at a time.
 */
public final class FakeFramework {

    /** What the features service does with the repository of a program. */
    @FunctionalInterface
    interface Provisioning {
        void install(URI repository) throws Exception;
    }

    /** Version of each bundle by its symbolic name. */
    final Map<String, String> bundles = new TreeMap<>();

    /** Repositories that were installed from, in order. */
    final List<String> installed = new ArrayList<>();

    Provisioning provisioning = repository -> {};

    /** Called whenever somebody looks at the bundles. */
    Runnable look = () -> {};

    /** Whether somebody has stopped the framework. */
    boolean stopped;

    private URI repository = URI.create("mvn:none");

    public BundleContext context() {
        return fake(
                BundleContext.class,
                (proxy, method, arguments) ->
                        switch (method.getName()) {
                            case "getBundles" -> {
                                look.run();
                                yield bundles.entrySet().stream()
                                        .map(one -> bundle(one.getKey(), one.getValue()))
                                        .toArray(Bundle[]::new);
                            }
                            case "getBundle" -> system();
                            case "addBundleListener", "removeBundleListener" -> null;
                            default -> throw new UnsupportedOperationException(method.getName());
                        });
    }

    private Bundle system() {
        return fake(
                Bundle.class,
                (proxy, method, arguments) -> {
                    stopped |= method.getName().equals("stop");
                    return null;
                });
    }

    private static Bundle bundle(String name, String version) {
        Dictionary<String, String> headers = new Hashtable<>();
        return fake(
                Bundle.class,
                (proxy, method, arguments) ->
                        switch (method.getName()) {
                            case "getSymbolicName" -> name;
                            case "getVersion" -> new Version(version);
                            case "getState" -> Bundle.ACTIVE;
                            case "getHeaders" -> headers;
                            default -> throw new UnsupportedOperationException(method.getName());
                        });
    }

    public FeaturesService features() {
        return fake(
                FeaturesService.class,
                (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "addRepository" -> repository = (URI) arguments[0];
                        case "installFeatures" -> {
                            installed.add(
                                    Path.of(repository.getSchemeSpecificPart())
                                            .getFileName()
                                            .toString());
                            provisioning.install(repository);
                        }
                        default -> {}
                    }
                    return null;
                });
    }

    private static <T> T fake(Class<T> type, InvocationHandler answers) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
    }
}
