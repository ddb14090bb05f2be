package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The architecture's import rules, read from the manifests of the bundles that are shipped. */
class BundleRulesIT {

    static List<Path> providers() throws IOException {
        try (Stream<Path> jars = Files.walk(Instance.HOME.resolve("system/io/visionops"))) {
            List<Path> providers =
                    jars.filter(file -> file.toString().endsWith(".jar"))
                            .filter(
                                    file ->
                                            !file.getFileName()
                                                    .toString()
                                                    .matches(
                                                            "(api|natives|noscp|logging|micrometer)-.*"))
                            .sorted()
                            .toList();
            assertThat(providers).hasSizeGreaterThanOrEqualTo(5);
            return providers;
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aPartExportsNothingAndImportsNoOtherPart(Path bundle) throws IOException {
        try (JarFile jar = new JarFile(bundle.toFile())) {
            Manifest manifest = jar.getManifest();

            assertThat(manifest.getMainAttributes().getValue("Export-Package")).isNull();
            String imports = manifest.getMainAttributes().getValue("Import-Package");
            List<String> ours =
                    Arrays.stream(imports.split(","))
                            .filter(entry -> entry.startsWith("io.visionops"))
                            .toList();
            assertThat(ours).allMatch(entry -> entry.startsWith("io.visionops.api."));
            // The command channel knows Karaf's shell alone.
            assertThat(ours.isEmpty())
                    .isEqualTo(bundle.getFileName().toString().startsWith("channel-"));
            assertThat(manifest.getMainAttributes().getValue("Bundle-NativeCode")).isNull();
            assertThat(bundle.getFileName().toString()).doesNotStartWith("support-");
            assertThat(jar.stream().map(entry -> entry.getName()))
                    .filteredOn(name -> name.endsWith(".class"))
                    .allMatch(name -> name.startsWith("io/visionops/"));
        }
    }
}
