package io.visionops.inference.internal.image;

/**
 * How a picture becomes numbers: {@code (level - mean) / deviation} for each channel.
 *
 * @param blueFirst channels in the order blue, green, red
 * @param mean in the order of the channels, levels 0..255
 * @param deviation in the order of the channels
 * @param filling level of what a letterbox leaves free
 */
public record InputForm(
        Letterbox.Placing placing,
        boolean blueFirst,
        double[] mean,
        double[] deviation,
        int filling) {

    private static final int GREY = 114;

    /** Levels as they are, as YOLOX is trained. */
    public static final InputForm LEVELS =
            new InputForm(
                    Letterbox.Placing.TOP_LEFT,
                    true,
                    new double[] {0, 0, 0},
                    new double[] {1, 1, 1},
                    GREY);

    /** Red first, 0..1, as the YOLO versions of Ultralytics are trained. */
    public static final InputForm UNIT_RED_FIRST =
            new InputForm(
                    Letterbox.Placing.CENTRE,
                    false,
                    new double[] {0, 0, 0},
                    new double[] {255, 255, 255},
                    GREY);

    /** Blue first, 0..1, stretched, as FastestDet is trained. */
    public static final InputForm UNIT_STRETCHED =
            new InputForm(
                    Letterbox.Placing.STRETCHED,
                    true,
                    new double[] {0, 0, 0},
                    new double[] {255, 255, 255},
                    0);

    /** Normalised by the statistics of ImageNet, as NanoDet and PicoDet are trained. */
    public static InputForm imageNet(Letterbox.Placing placing) {
        return new InputForm(
                placing,
                true,
                new double[] {103.53, 116.28, 123.675},
                new double[] {57.375, 57.12, 58.395},
                0);
    }
}
