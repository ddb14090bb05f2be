package io.visionops.shell.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Completer;

/** The classes of the bundle that Karaf registers, found as Karaf does: by their annotation. */
final class Classes {

    private Classes() {}

    static List<Class<?>> actions() {
        return services().filter(Action.class::isAssignableFrom).toList();
    }

    static List<Class<?>> completers() {
        return services().filter(Completer.class::isAssignableFrom).toList();
    }

    private static Stream<Class<?>> services() {
        try {
            Path root =
                    Path.of(
                            LineParser.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            try (Stream<Path> files = Files.walk(root)) {
                return files
                        .map(file -> root.relativize(file).toString())
                        .filter(name -> name.endsWith(".class"))
                        .filter(name -> !name.endsWith("-info.class"))
                        .map(name -> name.replace(".class", "").replace('/', '.'))
                        .<Class<?>>map(Classes::load)
                        .filter(type -> type.isAnnotationPresent(Service.class))
                        .toList()
                        .stream();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
