package io.visionops.inference.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.model.ModelException;
import io.visionops.inference.internal.head.TensorShape;
import io.visionops.inference.internal.image.InputSize;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelInputTest {

    @Test
    void aModelTakesThePictureOfItsInput() throws ModelException {
        assertThat(ModelInput.of(List.of(shape(1, 3, 96, 128)), Map.of("imgsz", "[640, 640]")))
                .isEqualTo(new ModelInput("images", new InputSize(128, 96)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''         | 640 | 640",
                "320        | 320 | 320",
                "[96, 128]  | 128 |  96",
                "[1234567]  | 640 | 640"
            })
    void sidesThatAreOpenAreAsTheExporterNotedOrAsIsUsual(String note, int width, int height)
            throws ModelException {
        assertThat(ModelInput.of(List.of(shape(-1, 3, -1, -1)), Map.of("imgsz", note)).size())
                .isEqualTo(new InputSize(width, height));
    }

    @ParameterizedTest
    @ValueSource(longs = {30, 97, 2050})
    void aSideThatIsTooSmallTooLargeOrOddIsRefused(long side) {
        assertThatThrownBy(() -> ModelInput.of(List.of(shape(1, 3, 96, side)), Map.of()))
                .isInstanceOf(ModelException.class)
                .hasMessage(
                        "its input is "
                                + side
                                + " pixels wide or high, allowed are even sizes from 32 to 2048");
    }

    @Test
    void whatIsNoPictureIsRefused() {
        assertThatThrownBy(() -> ModelInput.of(List.of(shape(1, 1, 96, 128)), Map.of()))
                .isInstanceOf(ModelException.class)
                .hasMessage("its input is 1x1x96x128, a detector takes 1x3xHEIGHTxWIDTH of float");
        TensorShape bytes = new TensorShape("images", new long[] {1, 3, 96, 128}, false);
        assertThatThrownBy(() -> ModelInput.of(List.of(bytes), Map.of()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("of another type than float");
    }

    @Test
    void twoInputsAreRefused() {
        TensorShape picture = shape(1, 3, 96, 128);

        assertThatThrownBy(() -> ModelInput.of(List.of(picture, picture), Map.of()))
                .isInstanceOf(ModelException.class)
                .hasMessage("it has 2 inputs, a detector has one");
    }

    private static TensorShape shape(long... dimensions) {
        return new TensorShape("images", dimensions, true);
    }
}
