package io.visionops.ingest.internal.tamper;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each of the faults by itself, with a view that was learned. */
class PictureFaultsTest {

    private static final long SECOND = 1_000_000_000L;
    private static final Optional<Duration> LIMIT = Optional.of(Duration.ofSeconds(10));

    private final Pictures pictures = new Pictures();
    private final Luma luma = new Luma();
    private final Cells cells = new Cells();
    private final Structure structure = new Structure();
    private final Learning learning = new Learning();
    private final DarknessFault dark = new DarknessFault();
    private final BlurFault blurred = new BlurFault();
    private final DisplacementFault moved = new DisplacementFault();
    private final FreezeFault frozen = new FreezeFault();
    private long now = SECOND;

    private void see(ByteBuffer picture) {
        luma.read(picture, Pictures.WIDTH, Pictures.HEIGHT);
        cells.look(luma);
        structure.look(cells);
        now += SECOND;
    }

    private void learn() {
        for (int i = 0; i <= Learning.FIRST; i++) {
            see(pictures.live(100, 100));
            look();
            learning.add(cells, blurred.sharpness(), structure, true);
        }
        assertThat(learning.isDone()).isTrue();
    }

    /** Whether the view is another one. */
    private Evidence look() {
        Evidence blur = blurred.look(luma, structure, learning);
        blurred.weigh(blur, SECOND, LIMIT);
        return moved.look(cells, structure, learning, blur, now, LIMIT);
    }

    @Test
    void nothingToSeeIsDarkWithinTheLimit() {
        for (int i = 0; i < 7; i++) {
            see(pictures.lit(0, 16, 0));
            assertThat(dark.look(structure, learning, SECOND, LIMIT)).isEqualTo(Evidence.FOR);
            assertThat(dark.isFault()).isFalse();
        }
        see(pictures.lit(0, 16, 0));
        dark.look(structure, learning, SECOND, LIMIT);
        assertThat(dark.isFault()).isTrue();

        see(pictures.live(100, 100));
        dark.look(structure, learning, 2 * SECOND, LIMIT);
        assertThat(dark.isFault()).isFalse();
    }

    @Test
    void aBrightWallIsCoveredOnlyWhereThereUsuallyIsMuchToSee() {
        see(pictures.lit(0, 128, 0));
        assertThat(dark.look(structure, learning, SECOND, LIMIT)).isEqualTo(Evidence.AGAINST);

        learn();
        see(pictures.lit(0, 128, 0));
        assertThat(dark.look(structure, learning, SECOND, LIMIT)).isEqualTo(Evidence.FOR);
    }

    @Test
    void whatIsAsSharpAsUsualIsNotBlurred() {
        see(pictures.live(100, 100));
        assertThat(blurred.look(luma, structure, learning)).isEqualTo(Evidence.NONE);
        assertThat(blurred.sharpness()).isBetween(0.0, 1.0);

        learn();
        assertThat(blurred.look(luma, structure, learning)).isEqualTo(Evidence.AGAINST);
        assertThat(blurred.words(learning)).isEqualTo("100 % as sharp as usual");
    }

    @Test
    void withoutEdgesSharpnessIsNotJudged() {
        see(pictures.lit(0, 128, 0));
        blurred.look(luma, structure, learning);

        assertThat(blurred.sharpness()).isNaN();
    }

    @Test
    void anotherViewIsFoundAndForgottenWhenItIsTheUsualOne() {
        learn();
        for (int i = 0; i < 30 && !moved.isFault(); i++) {
            see(pictures.live(148, 116));
            look();
        }
        assertThat(moved.isFault()).isTrue();
        assertThat(moved.words(cells)).matches("by \\d+ % of the width and \\d+ % of the height");

        moved.forget();
        assertThat(moved.isFault()).isFalse();
    }

    @Test
    void theUsualViewIsInItsPlace() {
        learn();
        Evidence view = Evidence.NONE;
        for (int i = 0; i < 8; i++) {
            see(pictures.live(100, 100));
            view = look();
        }
        assertThat(view).isEqualTo(Evidence.AGAINST);
        assertThat(moved.isFault()).isFalse();
    }

    @Test
    void picturesThatStandStillAreFrozenAndNobodyIsToldWhoDoesNotWantToKnow() {
        freeze(LIMIT);
        assertThat(frozen.isFault()).isTrue();
        assertThat(now - frozen.since()).isBetween(9 * SECOND, 14 * SECOND);

        frozen.forget();
        freeze(Optional.empty());
        assertThat(frozen.isFault()).isFalse();
        assertThat(frozen.isDue(now + 60 * SECOND, Optional.empty())).isFalse();
    }

    /** Twenty seconds of life, then twelve of the same. */
    private void freeze(Optional<Duration> limit) {
        for (int i = 0; i < 32; i++) {
            see(i < 20 ? pictures.live(100, 100) : pictures.still());
            if (frozen.isDue(now, limit)) {
                frozen.glance(luma, now, limit);
            }
            frozen.look(luma, now, SECOND, limit);
        }
    }

    @Test
    void aFreezeThatIsAssumedEndsWhenThePicturesLive() {
        frozen.assume();
        for (int i = 0; i < 20; i++) {
            see(pictures.live(100, 100));
            frozen.look(luma, now, SECOND, LIMIT);
        }
        assertThat(frozen.isFault()).isFalse();
    }
}
