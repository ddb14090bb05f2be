package io.visionops.itests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Java source text that is compiled against the bundles of the distribution. */
final class CompiledSource {

    private CompiledSource() {}

    /**
     * Compiles one source file.
     *
     * @param name of its class, with dots
     * @return entries of a jar: the classes that it has
     */
    static Map<String, byte[]> of(String name, String text) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Map<String, byte[]> classes = new HashMap<>();
        StringWriter complaints = new StringWriter();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(
                        null, null, java.nio.charset.StandardCharsets.UTF_8)) {
            boolean done =
                    compiler.getTask(
                                    complaints,
                                    new InMemory(files, classes),
                                    null,
                                    List.of(
                                            "-proc:none",
                                            "-nowarn",
                                            "--release",
                                            "17",
                                            "-cp",
                                            classPath()),
                                    null,
                                    List.of(new Text(name, text)))
                            .call();
            if (!done) {
                throw new IOException(name + " does not compile:\n" + complaints);
            }
        }
        return classes;
    }

    /** A class of one of our bundles, with a piece of its source text replaced. */
    static Map<String, byte[]> ofBundle(String part, String name, String from, String to)
            throws IOException {
        Path file =
                Instance.TARGET.resolve(
                        "../../bundles/"
                                + part
                                + "/src/main/java/"
                                + name.replace('.', '/')
                                + ".java");
        String text = Files.readString(file);
        if (!text.contains(from)) {
            throw new IOException(file + " does not contain " + from);
        }
        return of(name, text.replace(from, to));
    }

    private static String classPath() throws IOException {
        try (Stream<Path> files = Files.walk(Instance.HOME.resolve("system"))) {
            return files.map(Path::toString)
                            .filter(file -> file.endsWith(".jar"))
                            .collect(Collectors.joining(":"))
                    + ":"
                    + System.getProperty("java.class.path");
        }
    }

    private static final class Text extends SimpleJavaFileObject {

        private final String text;

        Text(String name, String text) {
            super(URI.create("string:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {

        private final Map<String, byte[]> classes;

        InMemory(JavaFileManager files, Map<String, byte[]> classes) {
            super(files);
            this.classes = classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            String entry = name.replace('.', '/') + ".class";
            return new SimpleJavaFileObject(URI.create("memory:///" + entry), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return new ByteArrayOutputStream() {
                        @Override
                        public void close() {
                            classes.put(entry, toByteArray());
                        }
                    };
                }
            };
        }
    }
}
