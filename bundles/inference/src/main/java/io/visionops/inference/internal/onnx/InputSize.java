package io.visionops.inference.internal.onnx;

/** The size of a model's input in pixels. */
record InputSize(int width, int height) {

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
