package io.visionops.natives;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What this bundle has of JavaCV works with what else this bundle has. */
class JavaCvTest {

    private static final Path CONTENT = Path.of("target/classes");

    @Test
    void eachOfItsClassesIsThereWithThoseThatItNeeds() throws Exception {
        List<String> names = names(CONTENT.resolve("org/bytedeco/javacv"));
        assertThat(names)
                .contains(
                        "org.bytedeco.javacv.Frame",
                        "org.bytedeco.javacv.Java2DFrameConverter",
                        "org.bytedeco.javacv.OpenCVFrameConverter$ToMat");

        try (URLClassLoader bundle =
                new URLClassLoader(
                        new URL[] {CONTENT.toUri().toURL()},
                        ClassLoader.getPlatformClassLoader())) {
            for (String name : names) {
                assertThat(Class.forName(name, true, bundle).getClassLoader()).isSameAs(bundle);
            }
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> CONTENT.relativize(file).toString())
                    .filter(file -> file.endsWith(".class"))
                    .map(file -> file.replace('/', '.').replace(".class", ""))
                    .sorted()
                    .toList();
        }
    }
}
