package io.visionops.inference.internal.head;

import io.visionops.api.model.ModelException;
import io.visionops.inference.internal.image.InputSize;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The families that are known, and which of them a model is of. */
public final class ModelFamilyDetector {

    /**
     * A new family is a {@link Head} that recognises it, and a line here. What may be of two
     * families is of the first.
     */
    private static final List<Family> FAMILIES =
            List.of(
                    new Family("YOLOX", YoloxHead::recognise),
                    new Family("YOLOv5", YoloV5Head::recognise),
                    new Family("YOLOv8, YOLO11", YoloV8Head::recognise),
                    new Family("NanoDet, PicoDet", DistanceHead::recognise),
                    new Family("FastestDet", FastestDetHead::recognise));

    private ModelFamilyDetector() {}

    /**
     * @param names as users know it
     * @param head finds out whether a model may be of it
     */
    private record Family(String names, Function<ModelOutput, Optional<FamilyMatch>> head) {}

    /**
     * Tells the family. Shapes may fit two; then it is the one whose number of classes has names.
     *
     * @throws ModelException when no family puts out such shapes, or nobody has named the classes
     */
    public static ModelForm recognise(ModelOutput output) throws ModelException {
        if (!output.shapes().stream().allMatch(TensorShape::floats)) {
            throw unknown(output);
        }
        List<FamilyMatch> matches =
                FAMILIES.stream().flatMap(family -> family.head().apply(output).stream()).toList();
        for (FamilyMatch match : matches) {
            Optional<List<String>> names = ClassNames.of(match.head().classes(), output.notes());
            if (names.isPresent()) {
                return form(match, output.size(), names.get());
            }
        }
        throw matches.isEmpty() ? unknown(output) : nameless(matches.get(0).head().classes());
    }

    private static ModelForm form(FamilyMatch match, InputSize size, List<String> names) {
        return new ModelForm(
                match.family(),
                size.width(),
                size.height(),
                match.input(),
                match.head(),
                match.overlap(),
                match.contained(),
                names);
    }

    private static ModelException unknown(ModelOutput output) {
        return new ModelException(
                "its outputs "
                        + output.shapes().stream().limit(8).map(TensorShape::toString).toList()
                        + " are those of no known family ("
                        + FAMILIES.stream().map(Family::names).collect(Collectors.joining(", "))
                        + ")");
    }

    private static ModelException nameless(int classes) {
        return new ModelException(
                "it has "
                        + classes
                        + (classes == 1 ? " class" : " classes")
                        + " and does not name them; wanted is a note 'names' in its metadata, as"
                        + " Ultralytics' exporter writes it");
    }
}
