package io.visionops.inference.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogueTest {

    private static final Set<String> FREE = Set.of("Apache-2.0", "BSD-3-Clause", "MIT");

    private final List<Catalogue.Entry> entries = Catalogue.bundled().entries();

    @Test
    void everyModelHasASourceALicenceAndAHash() {
        assertThat(entries)
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(
                        entry -> {
                            assertThat(entry.name()).matches(ModelStore.NAME);
                            assertThat(entry.source().getScheme()).isEqualTo("https");
                            assertThat(entry.source().getHost()).isNotBlank();
                            assertThat(entry.sha256()).matches("[0-9a-f]{64}");
                            assertThat(FREE).contains(entry.licence());
                            assertThat(entry.quality()).isBetween(1, 100);
                        });
    }

    @Test
    void aNameIsFoundHoweverItIsWritten() {
        assertThat(Catalogue.bundled().named("YOLOX_Nano")).isPresent();
        assertThat(Catalogue.bundled().named("fastestdet")).isPresent();
        assertThat(Catalogue.bundled().named("yolo")).isEmpty();
    }
}
