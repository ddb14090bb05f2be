package io.visionops.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How many lines a class and how many classes a package has. More than is usual may be what stands
 * in {@code sizes.properties}, with the reason; and no more than stands there.
 */
final class SourceSizes {

    static final int LINES = 300;
    static final int CLASSES = 25;

    private final Map<String, Integer> allowed;

    SourceSizes(Map<String, Integer> allowed) {
        this.allowed = Map.copyOf(allowed);
    }

    /** With the exceptions that lie beside this class. */
    static SourceSizes shipped() {
        Properties lines = new Properties();
        try (InputStream in = SourceSizes.class.getResourceAsStream("sizes.properties")) {
            lines.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Integer> allowed = new TreeMap<>();
        lines.stringPropertyNames()
                .forEach(name -> allowed.put(name, Integer.valueOf(lines.getProperty(name))));
        return new SourceSizes(allowed);
    }

    /**
     * What is larger than it may be, a line each.
     *
     * @param sources {@code src/main/java} of a module
     */
    List<String> violations(Path sources) throws IOException {
        List<String> found = new ArrayList<>();
        Map<String, Integer> packages = new TreeMap<>();
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file : files.filter(SourceSizes::isClass).toList()) {
                String name = name(sources, file);
                packages.merge(name.replaceFirst("[.][^.]*$", ""), 1, Integer::sum);
                int lines = Files.readAllLines(file).size();
                if (lines > allowed.getOrDefault(name, LINES)) {
                    found.add(name + " has " + lines + " lines");
                }
            }
        }
        packages.forEach(
                (name, classes) -> {
                    if (classes > allowed.getOrDefault(name, CLASSES)) {
                        found.add(name + " has " + classes + " classes");
                    }
                });
        return found;
    }

    private static boolean isClass(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".java") && !name.equals("package-info.java");
    }

    private static String name(Path sources, Path file) {
        return sources.relativize(file)
                .toString()
                .replace(file.getFileSystem().getSeparator(), ".")
                .replaceFirst("[.]java$", "");
    }
}
