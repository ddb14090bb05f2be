package io.visionops.inference.internal.onnx;

import io.visionops.api.model.ModelException;
import io.visionops.inference.internal.head.ModelFamilyDetector;
import io.visionops.inference.internal.head.ModelForm;
import io.visionops.inference.internal.head.ModelOutput;
import io.visionops.inference.internal.image.InputSize;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A model at one size of its input.
 *
 * @param outputs shapes by name, in the order in which the model names them
 */
record SizedForm(ModelForm form, Map<String, long[]> outputs) {

    /**
     * @param answer to a picture of that size
     * @throws ModelException when it is that of no known family
     */
    static SizedForm of(InputSize size, OnnxGraph.Answer answer, Map<String, String> notes)
            throws ModelException {
        Map<String, long[]> outputs = new LinkedHashMap<>();
        answer.shapes().forEach(shape -> outputs.put(shape.name(), shape.dimensions()));
        return new SizedForm(
                ModelFamilyDetector.recognise(
                        new ModelOutput(size, answer.shapes(), answer.values(), notes)),
                outputs);
    }

    InputSize size() {
        return new InputSize(form.width(), form.height());
    }
}
