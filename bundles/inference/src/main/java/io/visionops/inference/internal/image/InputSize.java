package io.visionops.inference.internal.image;

/** The size of a model's input in pixels. */
public record InputSize(int width, int height) {

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
