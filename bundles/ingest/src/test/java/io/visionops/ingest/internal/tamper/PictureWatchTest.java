package io.visionops.ingest.internal.tamper;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.PictureLimits;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class PictureWatchTest {

    private static final long SECOND = 1_000_000_000L;

    private final Pictures pictures = new Pictures();
    private final List<Optional<ReferenceView>> kept = new ArrayList<>();
    private PictureWatch watch = watch(PictureLimits.DEFAULTS, Optional.empty());
    private long now = 5 * SECOND;
    private Optional<Fault> fault = Optional.empty();

    private PictureWatch watch(PictureLimits limits, Optional<ReferenceView> known) {
        return new PictureWatch(limits, known, kept::add);
    }

    /** Shows two pictures a second. */
    private void show(int seconds, IntFunction<ByteBuffer> picture) {
        for (int i = 0; i < 2 * seconds; i++) {
            show(picture.apply(i / 2));
        }
    }

    private void show(ByteBuffer picture) {
        fault = watch.look(picture, Pictures.WIDTH, Pictures.HEIGHT, now);
        now += SECOND / 2;
    }

    private void live(int seconds) {
        show(seconds, unused -> pictures.live(100, 100));
    }

    private Optional<Cause> cause() {
        return fault.map(Fault::cause);
    }

    @Test
    void aLivingPictureIsWell() {
        live(120);

        assertThat(fault).isEmpty();
    }

    @Test
    void aPictureThatStandsStillIsFrozenWithinTenSecondsAndWellSoonAfterItMoves() {
        live(20);

        show(7, unused -> pictures.still());
        assertThat(fault).isEmpty();
        show(3, unused -> pictures.still());
        assertThat(cause()).contains(Cause.FROZEN);
        show(30, unused -> pictures.still());
        assertThat(cause()).contains(Cause.FROZEN);

        live(8);
        assertThat(fault).isEmpty();
    }

    @Test
    void itIsKnownSinceWhenAPictureStandsStillWhateverTheLimit() {
        for (int limit : new int[] {10, 60}) {
            Optional<Duration> freeze = Optional.of(Duration.ofSeconds(limit));
            watch =
                    watch(
                            new PictureLimits(
                                    freeze, Optional.empty(), Optional.empty(), Optional.empty()),
                            Optional.empty());
            live(90);
            long froze = now;

            while (fault.isEmpty()) {
                show(1, unused -> pictures.still());
            }

            assertThat(watch.since().orElseThrow() - froze)
                    .isBetween(-SECOND, (1 + limit / 10) * SECOND);
            live(20);
            assertThat(watch.since()).isEmpty();
        }
    }

    @Test
    void itIsKnownSinceWhenAPictureIsDark() {
        live(20);
        long covered = now;

        show(10, unused -> pictures.lit(0, 16, 0));

        assertThat(watch.since().orElseThrow() - covered).isBetween(-SECOND, SECOND);
    }

    @Test
    void sinceWhenAFaultLastsThatSomebodyElseFoundIsNotKnown() {
        watch.goOnWith(new Fault(Cause.FROZEN, "since long ago"));
        show(10, unused -> pictures.still());

        assertThat(cause()).contains(Cause.FROZEN);
        assertThat(watch.since()).isEmpty();
    }

    @Test
    void aShortFilmThatIsShownAgainAndAgainIsNotFrozen() {
        for (int length = 2; length <= 10; length++) {
            int seconds = length;

            show(40, second -> pictures.withWalker(second % seconds));

            assertThat(fault).as(seconds + " s").isEmpty();
        }
    }

    @Test
    void aClockThatGoesOnDoesNotHideThatTheSensorHangs() {
        live(20);

        show(
                10,
                second -> {
                    pictures.still();
                    return pictures.withClock(second);
                });

        assertThat(cause()).contains(Cause.FROZEN);
    }

    @Test
    void anEncoderThatRepeatsPicturesForALongTimeIsBelievedMoreSlowlyTheNextTime() {
        live(20);
        show(10, unused -> pictures.still());
        assertThat(cause()).contains(Cause.FROZEN);
        live(10);

        show(10, unused -> pictures.lit(0.9, 0, 0));
        assertThat(fault).isEmpty();

        show(10, unused -> pictures.lit(0.9, 0, 0));
        assertThat(cause()).contains(Cause.FROZEN);
    }

    @Test
    void aPictureThatIsOnlyPolishedIsFrozenWithinTenSecondsAndWellWhenItLives() {
        live(20);

        show(10, pictures::polished);
        assertThat(cause()).contains(Cause.FROZEN);

        live(20);
        assertThat(fault).isEmpty();
    }

    @Test
    void aClockThatGoesOnDoesNotHideThatAPictureIsOnlyPolished() {
        live(20);

        show(
                10,
                second -> {
                    pictures.polished(second);
                    return pictures.withClock(second);
                });

        assertThat(cause()).contains(Cause.FROZEN);
    }

    @Test
    void aPictureThatIsPolishedFromTheStartMayLive() {
        show(10, pictures::polished);

        assertThat(fault).isEmpty();
    }

    @Test
    void aKeyFrameThatReturnsIsEnoughWhateverIsBetween() {
        live(20);

        for (int frame = 0; frame < 20; frame++) {
            boolean key = frame % 8 == 1;
            show(key ? pictures.polished(5) : pictures.live(100, 100));
        }

        assertThat(cause()).contains(Cause.FROZEN);
    }

    @Test
    void anEncoderThatHidesNoiseUntilTheNextKeyFrameMakesNoFrozenPicture() {
        for (int second = 0; second < 60; second++) {
            int now = second;

            show(1, unused -> pictures.held(now, 10));

            assertThat(fault).as(second + " s").isEmpty();
        }
    }

    @Test
    void aBlackPictureIsDarkAndNotFrozen() {
        live(20);

        show(10, unused -> pictures.lit(0, 16, 0));
        assertThat(cause()).contains(Cause.BLACK);
        show(20, unused -> pictures.lit(0, 16, 0));
        assertThat(cause()).contains(Cause.BLACK);

        live(3);
        assertThat(fault).isEmpty();
    }

    @Test
    void aBlackPictureWithAClockIsDark() {
        show(
                10,
                second -> {
                    pictures.lit(0, 16, 3);
                    return pictures.withClock(second);
                });

        assertThat(cause()).contains(Cause.BLACK);
    }

    @Test
    void aCoveredLensIsFoundThoughTheExposureMakesUpForIt() {
        live(40);

        show(10, unused -> pictures.lit(0, 110, 6));

        assertThat(cause()).contains(Cause.BLACK);
    }

    @Test
    void aPlainWallIsNoCoveredLens() {
        show(60, unused -> pictures.lit(0, 110, 6));

        assertThat(fault).isEmpty();
    }

    @Test
    void nightWithNoiseIsNoFault() {
        live(40);

        show(90, unused -> pictures.lit(0.15, 16, 8));

        assertThat(fault).isEmpty();
    }

    @Test
    void aViewThatMovedIsFoundWithinAMinuteAndIsWellWhenItIsBack() {
        live(40);

        show(60, unused -> pictures.live(130, 110));
        assertThat(cause()).contains(Cause.MOVED);
        assertThat(fault.orElseThrow().detail()).contains("5 % of the width");

        live(30);
        assertThat(fault).isEmpty();
    }

    @Test
    void aViewThatIsAcceptedIsTheUsualOneFromThenOn() {
        live(40);
        show(70, unused -> pictures.live(160, 100));
        assertThat(cause()).contains(Cause.MOVED);

        watch.acceptView();
        show(1, unused -> pictures.live(160, 100));
        assertThat(fault).isEmpty();
        assertThat(kept.get(kept.size() - 1)).isEmpty();
        show(100, unused -> pictures.live(160, 100));
        assertThat(fault).isEmpty();

        live(60);
        assertThat(cause()).contains(Cause.MOVED);
    }

    @Test
    void aViewThatMovedWhileNobodyLookedIsFoundByWhatWasKept() {
        live(40);
        assertThat(kept).hasSize(1);
        watch = watch(PictureLimits.DEFAULTS, kept.get(0));

        show(60, unused -> pictures.live(160, 100));

        assertThat(cause()).contains(Cause.MOVED);
    }

    @Test
    void aCameraThatShakesInTheWindHasNotMoved() {
        live(40);

        show(90, second -> pictures.live(100 + second % 4, 100 + second % 3));

        assertThat(fault).isEmpty();
    }

    @Test
    void aViewThatChangesBySmallStepsIsFollowed() {
        live(40);

        for (int shade = 0; shade < 12; shade++) {
            double light = 1 - 0.04 * shade;
            show(60, unused -> pictures.lit(light, 10, 4));
        }

        assertThat(fault).isEmpty();
    }

    @Test
    void whatIsOffIsNotReported() {
        watch = watch(PictureLimits.OFF, Optional.empty());
        live(40);

        show(100, unused -> pictures.still());
        assertThat(fault).isEmpty();
        show(100, unused -> pictures.live(160, 100));
        assertThat(fault).isEmpty();
        show(30, unused -> pictures.lit(0, 16, 0));
        assertThat(fault).isEmpty();
    }

    @Test
    void otherLimitsHoldAtOnce() {
        live(20);
        Optional<Duration> half = Optional.of(Duration.ofSeconds(30));
        watch.limit(new PictureLimits(half, half, half, half));

        show(15, unused -> pictures.still());
        assertThat(fault).isEmpty();
        show(15, unused -> pictures.still());
        assertThat(cause()).contains(Cause.FROZEN);
    }

    @Test
    void anotherPictureSizeIsLearnedAnew() {
        live(40);
        ByteBuffer small = ByteBuffer.allocateDirect(320 * 180 * 3 / 2);
        for (int i = 0; i < 100; i++) {
            small.put(i * 320 + i, (byte) (i * 7));
            fault = watch.look(small, 320, 180, now);
            now += SECOND / 2;
        }

        live(30);

        assertThat(fault).isEmpty();
    }

    @Test
    void thePositionOfTheBufferIsLeftAlone() {
        ByteBuffer picture = pictures.live(100, 100);
        picture.position(7).limit(1000 + Pictures.WIDTH * Pictures.HEIGHT);

        watch.look(picture, Pictures.WIDTH, Pictures.HEIGHT, now);

        assertThat(picture.position()).isEqualTo(7);
        picture.clear();
    }
}
