package io.visionops.store.internal.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.visionops.api.geometry.Box;
import io.visionops.api.journal.Fact;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrackBlobTest {

    private static final Fact.Tracked PERSON =
            new Fact.Tracked(4711, "person", 0.87654, new Box(0.1, 0.25, 0.5, 0.75));
    private static final Fact.Tracked OUTSIDE =
            new Fact.Tracked(-1, "Fußgänger", 0, new Box(-0.5, -0.25, 1.5, 1.25));

    private final TrackBlob blobs = new TrackBlob();

    @Test
    void objectsAreReadAsTheyWereWritten() {
        List<Fact.Tracked> objects = List.of(PERSON, OUTSIDE);

        assertThat(TrackBlob.decode(blobs.encode(objects))).isEqualTo(objects);
        assertThat(TrackBlob.decode(blobs.encode(List.of()))).isEmpty();
    }

    @Test
    void aFrameOfManyObjectsHasRoom() {
        List<Fact.Tracked> objects = Collections.nCopies(1000, PERSON);

        assertThat(TrackBlob.decode(blobs.encode(objects))).isEqualTo(objects);
        assertThat(TrackBlob.decode(blobs.encode(List.of(OUTSIDE)))).containsExactly(OUTSIDE);
    }

    @Test
    void edgesAndScoresAreKeptToAHundredThousandth() {
        Fact.Tracked fine = new Fact.Tracked(1, "car", 0.123456789, new Box(0, 0, 0.987654321, 1));

        Fact.Tracked read = TrackBlob.decode(blobs.encode(List.of(fine))).get(0);

        assertThat(read.score()).isCloseTo(0.123456789, within(0.000005));
        assertThat(read.box().x2()).isCloseTo(0.987654321, within(0.000005));
    }

    @Test
    void whatIsNoPositionIsNotWritten() {
        Fact.Tracked nowhere = new Fact.Tracked(1, "car", Double.NaN, new Box(0, 0, 1, 1));

        assertThatThrownBy(() -> blobs.encode(List.of(nowhere)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a relative position or score: NaN");
    }

    @Test
    void bytesThatAreTornOrOfAnotherFormAreRefused() {
        byte[] whole = blobs.encode(List.of(PERSON));

        for (int length = 0; length < whole.length; length++) {
            byte[] torn = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> TrackBlob.decode(torn))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("objects of a frame are damaged");
        }
        whole[0] = 2;
        assertThatThrownBy(() -> TrackBlob.decode(whole))
                .hasMessage("objects of a form that is not known");
    }
}
