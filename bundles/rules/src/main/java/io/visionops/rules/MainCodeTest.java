package io.visionops.rules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Lies in the code of this module, not among its tests, and runs in every module ({@code
 * dependenciesToScan} in bundles/pom.xml), each time on the classes of that module.
 */
class MainCodeTest {

    private static final Path CLASSES = Path.of("target", "classes", "io", "visionops");

    @TestFactory
    Stream<DynamicTest> theCodeOfTheModuleKeepsTheRules() {
        JavaClasses classes = new ClassFileImporter().importPath(CLASSES);
        Stream<DynamicTest> rules =
                MainCodeRules.all().stream()
                        .map(
                                rule ->
                                        DynamicTest.dynamicTest(
                                                rule.getDescription(), () -> rule.check(classes)));
        DynamicTest order =
                DynamicTest.dynamicTest(
                        "classes of one package can be read one after the other",
                        () ->
                                Assertions.assertEquals(
                                        List.of(), ClassOrder.shipped().violations(classes)));
        return Stream.concat(rules, Stream.of(order));
    }
}
