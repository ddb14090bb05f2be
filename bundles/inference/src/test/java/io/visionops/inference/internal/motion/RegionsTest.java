package io.visionops.inference.internal.motion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RegionsTest {

    private final Regions regions = new Regions();

    @Test
    void armsThatMeetBelowAreOneRegion() {
        byte[] picture =
                picture(
                        """
                        #...#
                        #...#
                        .#.#.
                        ..#..
                        """);

        regions.find(picture, 5, 4, 1);

        assertThat(regions.count()).isEqualTo(1);
        assertThat(regions.area(0)).isEqualTo(7);
        assertThat(box(0)).containsExactly(0, 0, 5, 4);
    }

    @Test
    void regionsApartStayApartAndSmallOnesAreLeftOut() {
        byte[] picture =
                picture(
                        """
                        ##..#
                        ##...
                        .....
                        ...##
                        """);

        regions.find(picture, 5, 4, 2);

        assertThat(regions.count()).isEqualTo(2);
        assertThat(box(0)).containsExactly(0, 0, 2, 2);
        assertThat(box(1)).containsExactly(3, 3, 5, 4);
    }

    @Test
    void noiseIsDividedAsFloodFillDividesIt() {
        Random random = new Random(7);
        for (int round = 0; round < 20; round++) {
            byte[] picture = new byte[61 * 37];
            for (int i = 0; i < picture.length; i++) {
                picture[i] = (byte) (random.nextInt(100) < 20 + 2 * round ? 255 : 0);
            }

            regions.find(picture, 61, 37, 1);

            assertThat(regions.count()).isEqualTo(floodFill(picture, 61, 37));
        }
    }

    private static int floodFill(byte[] picture, int width, int height) {
        byte[] left = picture.clone();
        int count = 0;
        for (int i = 0; i < left.length; i++) {
            if (left[i] != 0) {
                count++;
                clear(left, i % width, i / width, width, height);
            }
        }
        return count;
    }

    private static void clear(byte[] picture, int x, int y, int width, int height) {
        if (x < 0 || y < 0 || x >= width || y >= height || picture[y * width + x] == 0) {
            return;
        }
        picture[y * width + x] = 0;
        for (int dy = -1; dy <= 1; dy++) {
            for (int dx = -1; dx <= 1; dx++) {
                clear(picture, x + dx, y + dy, width, height);
            }
        }
    }

    private int[] box(int region) {
        return new int[] {
            regions.left(region), regions.top(region), regions.right(region), regions.bottom(region)
        };
    }

    private static byte[] picture(String drawing) {
        String dots = drawing.replace("\n", "");
        byte[] picture = new byte[dots.length()];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = (byte) (dots.charAt(i) == '#' ? 255 : 0);
        }
        return picture;
    }
}
