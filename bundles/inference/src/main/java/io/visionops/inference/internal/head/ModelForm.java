package io.visionops.inference.internal.head;

import io.visionops.inference.internal.image.InputForm;
import java.util.List;

/**
 * What one must know of a model to use it: how its input is made and how its output is read.
 *
 * @param family as in {@link io.visionops.api.model.ModelInfo#family()}
 * @param width of the input in pixels
 * @param height of the input in pixels
 * @param overlap intersection over union above which two boxes of a class show one object
 * @param contained intersection over the smaller box above which they do; 1: not looked at
 * @param labels names of the classes
 */
public record ModelForm(
        String family,
        int width,
        int height,
        InputForm input,
        Head head,
        double overlap,
        double contained,
        List<String> labels) {

    public ModelForm {
        labels = List.copyOf(labels);
    }
}
