package io.visionops.updater.internal.generation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.update.UpdateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureBundlesTest {

    private static final String FEATURES =
            "system/io/visionops/features/1.0.1/features-1.0.1-features.xml";

    @TempDir Path folder;

    private ProgramFolder program(String element) throws IOException {
        Path file = folder.resolve(FEATURES);
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "<?xml version='1.0'?><features xmlns='http://karaf.apache.org/xmlns/features/v1.6.0'"
                        + " name='visionops'><feature name='visionops-shell' version='1.0.1'>"
                        + element
                        + "</feature></features>");
        Map<String, String> sums = new TreeMap<>();
        sums.put(FEATURES, "0");
        sums.put("system/io/visionops/shell/1.0.1/shell-1.0.1.jar", "0");
        sums.put("system/org/x/y/2/y-2-linux.zip", "0");
        return new ProgramFolder(folder, new Contents("1.0.1", sums, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<bundle start-level='80'>mvn:io.visionops/shell/1.0.1</bundle>",
                "<bundle>mvn:org.x/y/2/zip/linux</bundle>",
                "<feature dependency='true'>scr</feature>"
            })
    void whatIsSignedWithTheReleaseMayBeBrought(String element) throws IOException {
        ProgramFolder program = program(element);

        assertThatCode(() -> FeatureBundles.requireOwn(program)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<bundle>mvn:io.visionops/shell/1.0.2</bundle>",
                "<bundle>mvn:org.evil/extra/1</bundle>",
                "<bundle>http://127.0.0.1:9/extra.jar</bundle>",
                "<bundle>file:/tmp/extra.jar</bundle>",
                "<bundle>wrap:mvn:io.visionops/shell/1.0.1</bundle>",
                "<bundle>mvn:http://127.0.0.1:9!io.visionops/shell/1.0.1</bundle>",
                "<bundle>mvn:../../evil/shell/1.0.1</bundle>",
                "<configfile finalname='/etc/x'>http://127.0.0.1:9/x</configfile>",
                "<repository>mvn:org.evil/features/1/xml/features</repository>"
            })
    void whatIsNotIsRefused(String element) throws IOException {
        ProgramFolder program = program(element);

        assertThatThrownBy(() -> FeatureBundles.requireOwn(program))
                .isInstanceOf(UpdateException.class)
                .hasMessageContaining("which is not of it");
    }

    @Test
    void aDocumentThatCannotBeReadIsRefused() throws IOException {
        ProgramFolder program = program("<bundle>");

        assertThatThrownBy(() -> FeatureBundles.requireOwn(program))
                .isInstanceOf(UpdateException.class)
                .hasMessageContaining("cannot be read");
    }
}
