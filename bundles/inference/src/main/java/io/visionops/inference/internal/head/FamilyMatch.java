package io.visionops.inference.internal.head;

import io.visionops.inference.internal.image.InputForm;

/**
 * A family that a model may be of, and how it is used then; see {@link ModelForm} for each.
 *
 * @param head reads as many classes as the shape of the output has room for
 */
record FamilyMatch(String family, InputForm input, Head head, double overlap, double contained) {

    /** For {@link #contained}: a box within another one may show another object. */
    static final double NOT_LOOKED_AT = 1;
}
