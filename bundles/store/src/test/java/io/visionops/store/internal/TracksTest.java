package io.visionops.store.internal;

import static io.visionops.store.internal.TestStore.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.visionops.api.geometry.Box;
import io.visionops.api.journal.EntryRefusedException;
import io.visionops.api.journal.Fact;
import io.visionops.api.query.FrameTracks;
import io.visionops.api.query.TrackQuery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TracksTest extends StoreRig {

    @Test
    void framesAreReadOldestFirstWithinTheirTime() {
        store.append(tracks("gate", 3, NOON.plusMillis(400)), tracks("gate", 1, NOON));
        store.append(tracks("yard", 9, NOON), tracks("gate", 2, NOON.plusMillis(200)));

        assertThat(read(Optional.empty(), Optional.empty()))
                .extracting(FrameTracks::frame)
                .containsExactly(1L, 2L, 3L);
        assertThat(read(Optional.of(NOON.plusMillis(200)), Optional.of(NOON.plusMillis(400))))
                .containsExactly(
                        new FrameTracks(
                                "gate", 2, NOON.plusMillis(200), List.of(object(2), object(-7))));
        assertThat(read(Optional.of(NOON.plusNanos(200_000_001)), Optional.empty())).hasSize(1);
        assertThat(read(Optional.empty(), Optional.of(NOON.plusNanos(200_000_001)))).hasSize(2);
    }

    @Test
    void framesWithinOneMillisecondAreAllKept() {
        for (int frame = 0; frame < 20; frame++) {
            store.append(tracks("gate", frame, NOON));
        }

        assertThat(read(Optional.empty(), Optional.empty())).hasSize(20);
    }

    @Test
    void aFrameWithoutObjectsIsNotARow() {
        store.append(new Fact.Tracks("gate", 1, NOON, List.of()));

        assertThat(read(Optional.empty(), Optional.empty())).isEmpty();
    }

    @Test
    void boxesAreKeptToAHundredThousandthOfThePicture() {
        Box box = new Box(-0.123456789, 1 / 3.0, 0.5, 1.0000049);
        store.append(
                new Fact.Tracks(
                        "gate", 1, NOON, List.of(new Fact.Tracked(1, "person", 0.77, box))));

        Box read = read(Optional.empty(), Optional.empty()).get(0).tracks().get(0).box();

        assertThat(read.x1()).isEqualTo(-0.12346);
        assertThat(read.y1()).isEqualTo(0.33333);
        assertThat(read.x2()).isEqualTo(0.5);
        assertThat(read.y2()).isCloseTo(box.y2(), within(0.000005));
    }

    @Test
    void aScoreThatIsNoNumberIsRefusedForGood() {
        Fact wrong =
                new Fact.Tracks(
                        "gate",
                        1,
                        NOON,
                        List.of(new Fact.Tracked(1, "person", Double.NaN, new Box(0, 0, 1, 1))));

        assertThatThrownBy(() -> store.append(wrong)).isInstanceOf(EntryRefusedException.class);
    }

    private List<FrameTracks> read(Optional<Instant> from, Optional<Instant> to) {
        return store.reader().tracks(new TrackQuery("gate", from, to));
    }

    private static Fact tracks(String camera, long frame, Instant time) {
        return new Fact.Tracks(camera, frame, time, List.of(object(frame), object(-7)));
    }

    private static Fact.Tracked object(long track) {
        return new Fact.Tracked(track, "person", 0.5, new Box(0.125, 0.25, 0.375, 0.5));
    }
}
