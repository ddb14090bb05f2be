package io.visionops.inference.internal.motion;

/**
 * Something that moves, in pixels of the analysed picture, right and lower edge exclusive.
 *
 * @param score 0..1; how much of a person's usual foreground it has
 */
record Blob(double x1, double y1, double x2, double y2, double score) {

    double width() {
        return x2 - x1;
    }

    double height() {
        return y2 - y1;
    }
}
