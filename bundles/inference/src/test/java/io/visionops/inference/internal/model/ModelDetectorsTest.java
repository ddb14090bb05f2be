package io.visionops.inference.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.camera.DetectionSettings;
import io.visionops.api.detect.Detector;
import io.visionops.api.detect.DetectorSession;
import io.visionops.testkit.FakeCamera;
import io.visionops.testkit.FakeFrame;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelDetectorsTest {

    @TempDir Path folder;

    private final FakeBundleContext bundle = new FakeBundleContext();
    private final ModelDetectors detectors = new ModelDetectors(bundle.context(), 1);
    private ModelStore store;

    @BeforeEach
    void open() {
        store = TinyModels.store(folder, new Catalogue(List.of()));
    }

    @AfterEach
    void close() {
        detectors.close();
    }

    @Test
    void aModelInUseIsADetectorService() throws Exception {
        LoadedModel shop = TinyModels.installed(store, "shop");

        detectors.use(shop);

        assertThat(bundle.names()).containsExactly("shop");
        assertThat(detectors.inUse("shop")).contains(shop.record());
        assertThat(detectors.inUse()).containsExactly(shop.record());
    }

    @Test
    void aModelTakesThePlaceOfOneOfItsNameWhichIsFreed() throws Exception {
        detectors.use(TinyModels.installed(store, "shop"));
        Detector old = bundle.detector("shop").orElseThrow();

        detectors.use(TinyModels.installed(store, "shop"));

        assertThat(bundle.count()).isEqualTo(1);
        assertThat(bundle.detector("shop").orElseThrow()).isNotSameAs(old);
        assertThatThrownBy(() -> ask(old)).hasMessageContaining("closed");
        assertThatCode(() -> ask(bundle.detector("shop").orElseThrow())).doesNotThrowAnyException();
    }

    @Test
    void otherTilesAreAnotherDetectorWithTheSameModel() throws Exception {
        detectors.use(TinyModels.installed(store, "shop"));
        Detector old = bundle.detector("shop").orElseThrow();

        detectors.cutInto(4);

        assertThat(bundle.count()).isEqualTo(1);
        assertThat(bundle.detector("shop").orElseThrow()).isNotSameAs(old);
        assertThatCode(() -> ask(old)).doesNotThrowAnyException();
    }

    @Test
    void whyAModelCannotBeUsedIsKnownUntilItCan() throws Exception {
        detectors.failed("shop", "the file is damaged");
        assertThat(detectors.failure("shop")).contains("the file is damaged");
        assertThat(detectors.isInstalled("shop")).isTrue();

        detectors.use(TinyModels.installed(store, "shop"));

        assertThat(detectors.failure("shop")).isEmpty();
        assertThat(detectors.isInstalled("shop")).isTrue();
        assertThat(detectors.isInstalled("yard")).isFalse();
    }

    @Test
    void afterTheEndNothingIsInUseAndWhatComesLateIsFreed() throws Exception {
        detectors.use(TinyModels.installed(store, "shop"));
        Detector old = bundle.detector("shop").orElseThrow();
        LoadedModel late = TinyModels.installed(store, "late");

        detectors.close();
        detectors.use(late);

        assertThat(detectors.isClosed()).isTrue();
        assertThat(detectors.inUse()).isEmpty();
        assertThat(bundle.count()).isZero();
        assertThatThrownBy(() -> ask(old)).hasMessageContaining("closed");
    }

    private static void ask(Detector detector) throws Exception {
        DetectionSettings settings =
                new DetectionSettings(
                        5, 640, "auto", Set.of("person"), 0.5, List.of(), List.of(), List.of());
        DetectorSession session = detector.open(FakeCamera.settings("front", settings));
        try {
            session.detect(FakeFrame.blank("front", 1, Instant.EPOCH));
        } finally {
            session.close();
        }
    }
}
