package io.visionops.inference.internal.image;

/**
 * Where a picture lies in a model's input. Sizes in pixels of the input.
 *
 * @param x of the picture's left edge
 * @param y of the picture's upper edge
 * @param width of the picture, even
 * @param height of the picture, even
 */
public record Letterbox(int x, int y, int width, int height) {

    /** How the pictures that a model was trained on were brought to its size. */
    public enum Placing {
        /** Aspect kept, at the top left, the rest filled. */
        TOP_LEFT,
        /** Aspect kept, in the middle, the rest filled. */
        CENTRE,
        /** Aspect given up, nothing filled. */
        STRETCHED
    }

    public static Letterbox of(
            Placing placing, int inputWidth, int inputHeight, int pictureWidth, int pictureHeight) {
        if (placing == Placing.STRETCHED) {
            return new Letterbox(0, 0, inputWidth, inputHeight);
        }
        double scale =
                Math.min((double) inputWidth / pictureWidth, (double) inputHeight / pictureHeight);
        // Chroma planes have half the size: what is not even cannot be scaled as planes.
        int width = even(pictureWidth * scale, inputWidth);
        int height = even(pictureHeight * scale, inputHeight);
        return placing == Placing.TOP_LEFT
                ? new Letterbox(0, 0, width, height)
                : new Letterbox(
                        (inputWidth - width) / 2, (inputHeight - height) / 2, width, height);
    }

    private static int even(double size, int most) {
        return Math.max(2, Math.min(most / 2 * 2, (int) Math.round(size / 2) * 2));
    }

    /** From a column of the input to a place in the picture, 0 at its left edge, 1 at its right. */
    double relativeX(double column) {
        return (column - x) / width;
    }

    /** From a row of the input to a place in the picture, 0 at its upper edge, 1 at its lower. */
    double relativeY(double row) {
        return (row - y) / height;
    }
}
