package io.visionops.ingest.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.geometry.Line;
import io.visionops.api.geometry.Point;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineReachTest {

    @ParameterizedTest
    @CsvSource({
        "0.5, 1, 0.5, 0", // upright
        "0, 0.5, 1, 0.5", // level
        "0, 1, 1, 0", // from corner to corner
        "0.1, 1, 0.1, 0",
        "0.3, 0.95, 0.7, 0.95",
        "0, 0.9, 0.1, 1", // a corner
        "0.9, 0.2, 0.9, 0.3"
    })
    void aLineThatIsCrossedInThePictureIsWell(double x1, double y1, double x2, double y2) {
        assertThat(LineReach.warning(line(x1, y1, x2, y2))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1, 1, right",
        "0, 0.99, 1, 0.99, right",
        "1, 0.99, 0, 0.99, left",
        "0, 0, 1, 0, left",
        "0, 0.03, 1, 0.03, left",
        "0, 0, 0, 1, right",
        "0.01, 0.2, 0.01, 0.9, right",
        "1, 0.2, 1, 0.9, left",
        "0.98, 1, 1, 0.99, right"
    })
    void aLineAlongTheBorderIsNamedWithTheSideThatNobodyReaches(
            double x1, double y1, double x2, double y2, String side) {
        assertThat(LineReach.warning(line(x1, y1, x2, y2)).orElseThrow())
                .startsWith("line.door: ")
                .contains("on its " + side + ":")
                .contains("farther from the border")
                .doesNotContain("\n");
    }

    private static Line line(double x1, double y1, double x2, double y2) {
        return new Line("door", new Point(x1, y1), new Point(x2, y2));
    }
}
