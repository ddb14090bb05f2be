package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistogramTest {

    private static final String PRINTED =
            """
             num     #instances         #bytes  class name (module)
            -------------------------------------------------------
               1:         90000        8000000  [B (java.base@17.0.13)
               2:            12           1200  [Lio.visionops.api.geometry.Point;
               3:             7            700  io.visionops.ingest.internal.frame.Slot
               4:             5            120  io.visionops.x.Y$$Lambda$12/0x00007f0001
              10:             3             72  com.example.io.visionops.Other
            Total         90027        8002092
            """;

    private final Histogram histogram = new Histogram(PRINTED);

    @Test
    void ourClassesAreAddedUpAndArraysOfThem() {
        assertThat(histogram.of("io.visionops.")).isEqualTo(new Histogram.Sum(24, 2020));
    }

    @Test
    void allOfItIsTheTotal() {
        assertThat(histogram.of("")).isEqualTo(new Histogram.Sum(90027, 8002092));
    }
}
