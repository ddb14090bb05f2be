package io.visionops.inference.internal.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.inference.internal.image.Letterbox.Placing;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LetterboxTest {

    @Test
    void aWidePictureKeepsItsAspectAtTheTopLeft() {
        assertThat(Letterbox.of(Placing.TOP_LEFT, 416, 416, 640, 480))
                .isEqualTo(new Letterbox(0, 0, 416, 312));
    }

    @Test
    void aTallPictureLiesInTheMiddle() {
        assertThat(Letterbox.of(Placing.CENTRE, 640, 640, 360, 640))
                .isEqualTo(new Letterbox(140, 0, 360, 640));
    }

    @Test
    void aStretchedPictureFillsTheInput() {
        assertThat(Letterbox.of(Placing.STRETCHED, 352, 352, 1920, 1080))
                .isEqualTo(new Letterbox(0, 0, 352, 352));
    }

    @ParameterizedTest
    @CsvSource({"2,2", "2,2000", "2000,2", "641,479", "1,1", "3840,2160"})
    void everyPictureFitsWithEvenSizes(int width, int height) {
        for (Placing placing : Placing.values()) {
            Letterbox box = Letterbox.of(placing, 416, 320, width, height);

            assertThat(box.width()).isPositive().isEven();
            assertThat(box.height()).isPositive().isEven();
            assertThat(box.x() + box.width()).isLessThanOrEqualTo(416);
            assertThat(box.y() + box.height()).isLessThanOrEqualTo(320);
        }
    }

    @ParameterizedTest
    @EnumSource(Placing.class)
    void placesInThePictureAreFoundAgain(Placing placing) {
        Letterbox box = Letterbox.of(placing, 416, 416, 768, 576);

        for (double place : new double[] {-0.1, 0, 0.25, 0.5, 1, 1.1}) {
            double column = box.x() + place * box.width();
            double row = box.y() + place * box.height();

            assertThat(box.relativeX(column)).isCloseTo(place, Offset.offset(1e-9));
            assertThat(box.relativeY(row)).isCloseTo(place, Offset.offset(1e-9));
        }
    }
}
