package io.visionops.ingest.internal.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.journal.Fact;
import io.visionops.ingest.internal.config.InvalidSetting;
import io.visionops.testkit.FakeChild;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a change of settings does to a camera that runs. */
class CameraLifecycleTest {

    @TempDir Path folder;

    private FakeStreams streams;
    private CameraLifecycle lifecycle;
    private PublishedCamera front;
    private FakeChild decoder;

    @BeforeEach
    void start() throws Exception {
        streams = new FakeStreams(folder);
        lifecycle = new CameraLifecycle(streams.context, streams::publish);
        front = lifecycle.apply(FakeStreams.file("front"), null, FakeStreams.settings("front"));
        decoder = streams.children.awaitStart(1);
    }

    @AfterEach
    void end() {
        lifecycle.remove(FakeStreams.file("front"), front);
    }

    private PublishedCamera change(String... keysAndValues) throws InvalidSetting {
        PublishedCamera before = front;
        front =
                lifecycle.apply(
                        FakeStreams.file("front"),
                        front,
                        FakeStreams.settings("front", keysAndValues));
        return before;
    }

    @ParameterizedTest
    @CsvSource({
        "reconnect.initial, 2s",
        "reconnect.max, 5m",
        "reconnect.retries, 3",
        "reconnect.probe, 1m",
        "picture.freeze, 30s",
        "picture.dark, off",
        "picture.blur, 2m",
        "picture.moved, off",
        "priority, 9",
        "detector, motion",
        "objects, car",
        "min.score, 0.7",
        "line.door, '0,0 1,1'",
        "zone.hall, '0,0 1,0 1,1'",
        "mask, '0,0 1,0 1,1'",
    })
    void whatNoDecoderDependsOnRestartsNone(String key, String value) throws Exception {
        PublishedCamera before = change(key, value);

        assertThat(front.supervisor()).isNotNull().isSameAs(before.supervisor());
        assertThat(decoder.asked()).isZero();
        assertThat(streams.children.starts()).isEqualTo(1);
        assertThat(streams.services).containsExactly(front.camera());
        assertThat(front.camera().settings())
                .isEqualTo(FakeStreams.settings("front", key, value))
                .isNotEqualTo(before.camera().settings());
    }

    @ParameterizedTest
    @CsvSource({
        "url, file:/b.mp4",
        "fallback.urls, file:/b.mp4",
        "loop, false",
        "detect.fps, 10",
        "detect.width, 320",
    })
    void anotherDecoderIsStartedForWhatItDependsOnWhenTheFirstHasEnded(String key, String value)
            throws Exception {
        PublishedCamera before = change(key, value);

        streams.children.awaitStart(2);
        assertThat(decoder.isAlive()).isFalse();
        assertThat(front.supervisor()).isNotNull().isNotSameAs(before.supervisor());
        assertThat(streams.services).containsExactly(front.camera());
    }

    @Test
    void theSameSettingsChangeNothing() throws Exception {
        assertThat(change()).isSameAs(front);

        assertThat(streams.story).containsExactly("published front");
    }

    @Test
    void theOldServiceIsWithdrawnBeforeTheNewOneIsThere() throws Exception {
        change("priority", "9");

        assertThat(streams.story)
                .containsExactly("published front", "withdrawn front", "published front");
    }

    @Test
    void oneThatIsDisabledHasNoServiceAndNoDecoderAndIsNotToBeWatched() throws Exception {
        change("enabled", "false");

        Awaitility.await().until(() -> !decoder.isAlive());
        assertThat(front.supervisor()).isNull();
        assertThat(streams.services).isEmpty();
        List<Fact.Expected> expected = streams.journal.facts(Fact.Expected.class);
        assertThat(expected.get(expected.size() - 1).expected()).isFalse();

        change();
        streams.children.awaitStart(2);
        assertThat(streams.services).containsExactly(front.camera());
    }

    @Test
    void oneThatIsRemovedIsWithdrawnOnce() {
        lifecycle.remove(FakeStreams.file("front"), front);
        front.withdraw();

        Awaitility.await().until(() -> !decoder.isAlive());
        assertThat(streams.story).containsExactly("published front", "withdrawn front");
    }

    @Test
    void decodersThatStreamAreLeftToASuccessor() throws Exception {
        decoder.prints("YUV4MPEG2 W16 H16 F5:1\n".getBytes(StandardCharsets.US_ASCII));
        decoder.prints("FRAME\n".getBytes(StandardCharsets.US_ASCII));
        decoder.prints(new byte[16 * 16 * 3 / 2]);
        decoder.awaitReader();
        long deadline = System.nanoTime() + 10_000_000_000L;

        CameraLifecycle.handOver(List.of(front), deadline);

        assertThat(CameraLifecycle.awaitGone(List.of(front), deadline)).isTrue();
        assertThat(decoder.isAlive()).isTrue();
        assertThat(decoder.isHeld()).isFalse();
        assertThat(streams.services).isEmpty();
    }
}
