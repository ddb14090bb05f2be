package io.visionops.inference.internal.onnx;

import io.visionops.api.model.ModelException;
import io.visionops.inference.internal.head.CocoLabels;
import io.visionops.inference.internal.head.DistanceHead;
import io.visionops.inference.internal.head.FastestDetHead;
import io.visionops.inference.internal.head.YoloV5Head;
import io.visionops.inference.internal.head.YoloV8Head;
import io.visionops.inference.internal.head.YoloxHead;
import io.visionops.inference.internal.image.Letterbox;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells the family of a model by its inputs and outputs, their values on a grey picture, and what
 * its exporter noted. Names of files and tensors are not trusted.
 */
final class ModelFamilyDetector {

    private static final int COLOURS = 3;
    private static final int LEAST_SIDE = 32;
    private static final int MOST_SIDE = 2048;
    private static final int USUAL_SIDE = 640;
    private static final double NOT_LOOKED_AT = 1;
    private static final int MOST_CLASSES = 1000;
    private static final int ANCHORS = 3;

    /** Of a distribution over the distances 0 to 7 strides, in NanoDet and PicoDet. */
    private static final int BINS = 8;

    private static final int SIDES = 4 * BINS;

    /** Possessive, and from the beginning of a number: a model's file may be anybody's. */
    private static final Pattern NAME =
            Pattern.compile("(?<!\\d)(\\d++)\\s*+:\\s*+(?:'([^']*+)'|\"([^\"]*+)\")");

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private ModelFamilyDetector() {}

    /**
     * What the model wants as its input.
     *
     * @param notes what its exporter noted
     * @throws ModelException when it is no model that takes one picture
     */
    static InputSize inputSize(List<TensorShape> inputs, Map<String, String> notes)
            throws ModelException {
        if (inputs.size() != 1) {
            throw new ModelException("it has " + inputs.size() + " inputs, a detector has one");
        }
        TensorShape input = inputs.get(0);
        boolean picture =
                input.floats()
                        && input.rank() == 4
                        && Math.abs(input.at(0)) == 1
                        && input.at(1) == COLOURS;
        if (!picture) {
            throw new ModelException(
                    "its input is "
                            + input
                            + (input.floats() ? "" : " of another type than float")
                            + ", a detector takes 1x3xHEIGHTxWIDTH of float");
        }
        List<Integer> noted = new ArrayList<>();
        Matcher numbers = NUMBER.matcher(notes.getOrDefault("imgsz", ""));
        while (numbers.find() && numbers.group().length() < 6) {
            noted.add(Integer.valueOf(numbers.group()));
        }
        int height = side(input.at(2), noted.isEmpty() ? USUAL_SIDE : noted.get(0));
        int width = side(input.at(3), noted.size() < 2 ? height : noted.get(1));
        return new InputSize(width, height);
    }

    private static int side(long given, int usual) throws ModelException {
        long side = given < 0 ? usual : given;
        if (side < LEAST_SIDE || side > MOST_SIDE || side % 2 != 0) {
            throw new ModelException(
                    "its input is "
                            + side
                            + " pixels wide or high, allowed are even sizes from "
                            + LEAST_SIDE
                            + " to "
                            + MOST_SIDE);
        }
        return (int) side;
    }

    /**
     * Tells the family.
     *
     * @param shapes of the outputs, all dimensions known
     * @param values the outputs for a grey picture
     * @param notes what the exporter noted
     * @throws ModelException when no family puts out such shapes
     */
    static ModelForm recognise(
            InputSize size,
            List<TensorShape> shapes,
            List<FloatBuffer> values,
            Map<String, String> notes)
            throws ModelException {
        for (TensorShape shape : shapes) {
            if (!shape.floats()) {
                throw unknown(shapes);
            }
        }
        Optional<ModelForm> form =
                shapes.size() == 1
                        ? single(size, shapes.get(0), values.get(0), notes)
                        : levels(size, shapes, values, notes);
        return form.orElseThrow(() -> unknown(shapes));
    }

    private static ModelException unknown(List<TensorShape> shapes) {
        return new ModelException(
                "its outputs "
                        + shapes.stream().limit(8).map(TensorShape::toString).toList()
                        + " are those of no known family (YOLOX, YOLOv5, YOLOv8, YOLO11, NanoDet,"
                        + " PicoDet, FastestDet)");
    }

    private static Optional<ModelForm> single(
            InputSize size, TensorShape shape, FloatBuffer values, Map<String, String> notes)
            throws ModelException {
        if (shape.rank() == 4 && shape.at(0) == 1) {
            return fastestDet(size, shape, notes);
        }
        if (shape.rank() != 3 || shape.at(0) != 1) {
            return Optional.empty();
        }
        int cells = YoloxHead.rows(size.width(), size.height());
        long rows = shape.at(1);
        long columns = shape.at(2);
        // Shapes may fit two families; then the number of classes tells which.
        List<Fit> fits = new ArrayList<>();
        if (rows == cells) {
            fits.add(new Fit(columns - 5, classes -> yolox(size, classes, values, notes)));
        }
        if (rows == (long) ANCHORS * cells) {
            fits.add(new Fit(columns - 5, classes -> yoloV5(size, (int) rows, classes, notes)));
        }
        if (columns == cells) {
            fits.add(new Fit(rows - 4, classes -> yoloV8(size, (int) columns, classes, notes)));
        }
        OptionalInt grids = grids(size, rows);
        if (grids.isPresent()) {
            fits.add(
                    new Fit(
                            columns - SIDES,
                            classes -> nanoDet(size, grids.getAsInt(), classes, values, notes)));
        }
        fits.removeIf(fit -> !plausible(fit.classes()));
        for (Fit fit : fits) {
            if (named((int) fit.classes(), notes).isPresent()) {
                return Optional.of(fit.form().of((int) fit.classes()));
            }
        }
        return fits.isEmpty()
                ? Optional.empty()
                : Optional.of(fits.get(0).form().of((int) fits.get(0).classes()));
    }

    /** A family that could put out such a shape. */
    private record Fit(long classes, Maker form) {}

    private interface Maker {
        ModelForm of(int classes) throws ModelException;
    }

    private static ModelForm yolox(
            InputSize size, int classes, FloatBuffer values, Map<String, String> notes)
            throws ModelException {
        int width = size.width();
        int height = size.height();
        int rows = YoloxHead.rows(width, height);
        boolean decoded = reachesBeyond(values, rows, classes + 5, width);
        return new ModelForm(
                "yolox",
                width,
                height,
                InputForm.LEVELS,
                new YoloxHead(width, height, classes, decoded),
                0.6,
                NOT_LOOKED_AT,
                labels(classes, notes));
    }

    private static ModelForm yoloV5(
            InputSize size, int rows, int classes, Map<String, String> notes)
            throws ModelException {
        return new ModelForm(
                "yolov5",
                size.width(),
                size.height(),
                InputForm.UNIT_RED_FIRST,
                new YoloV5Head(rows, classes),
                0.5,
                NOT_LOOKED_AT,
                labels(classes, notes));
    }

    private static ModelForm yoloV8(
            InputSize size, int columns, int classes, Map<String, String> notes)
            throws ModelException {
        return new ModelForm(
                "yolov8",
                size.width(),
                size.height(),
                InputForm.UNIT_RED_FIRST,
                new YoloV8Head(columns, classes),
                0.6,
                NOT_LOOKED_AT,
                labels(classes, notes));
    }

    private static Optional<ModelForm> fastestDet(
            InputSize size, TensorShape shape, Map<String, String> notes) throws ModelException {
        int rows = (int) shape.at(2);
        int columns = (int) shape.at(3);
        boolean grid = rows == size.height() / 16 && columns == size.width() / 16;
        if (!grid || !plausible(shape.at(1) - 5)) {
            return Optional.empty();
        }
        int classes = (int) shape.at(1) - 5;
        return Optional.of(
                new ModelForm(
                        "fastestdet",
                        size.width(),
                        size.height(),
                        InputForm.UNIT_STRETCHED,
                        new FastestDetHead(size.width(), size.height(), columns, rows, classes),
                        0.4,
                        0.7,
                        labels(classes, notes)));
    }

    /** All grids in one tensor: three in NanoDet, whose cells are centred, four in its Plus. */
    private static ModelForm nanoDet(
            InputSize size, int grids, int classes, FloatBuffer values, Map<String, String> notes)
            throws ModelException {
        int stride = classes + SIDES;
        List<DistanceHead.Level> levels = new ArrayList<>();
        int row = 0;
        for (int i = 0; i < grids; i++) {
            levels.add(new DistanceHead.Level(8 << i, 0, 0, row, stride, stride, classes));
            row += cells(size, 8 << i);
        }
        boolean plus = grids == 4;
        boolean logits = logits(values, row, stride, classes);
        return new ModelForm(
                "nanodet",
                size.width(),
                size.height(),
                InputForm.imageNet(plus ? Letterbox.Placing.STRETCHED : Letterbox.Placing.CENTRE),
                new DistanceHead(size.width(), size.height(), levels, classes, BINS, !plus, logits),
                0.6,
                NOT_LOOKED_AT,
                labels(classes, notes));
    }

    /** Two tensors a grid: three grids in NanoDet, four in PicoDet. */
    private static Optional<ModelForm> levels(
            InputSize size,
            List<TensorShape> shapes,
            List<FloatBuffer> values,
            Map<String, String> notes)
            throws ModelException {
        int grids = shapes.size() / 2;
        if (shapes.size() % 2 != 0 || grids < 3 || grids > 4) {
            return Optional.empty();
        }
        List<DistanceHead.Level> levels = new ArrayList<>();
        int classes = 0;
        boolean logits = false;
        for (int i = 0; i < grids; i++) {
            int cells = cells(size, 8 << i);
            int sides = find(shapes, cells, SIDES, true);
            int scores = find(shapes, cells, SIDES, false);
            if (scores < 0 && sides >= 0) {
                // As many classes as side values: scores come first.
                int[] both = both(shapes, cells);
                scores = both[0];
                sides = both[1];
            }
            if (scores < 0 || sides < 0) {
                return Optional.empty();
            }
            long width = lastDimension(shapes.get(scores));
            if (!plausible(width) || (classes > 0 && classes != width)) {
                return Optional.empty();
            }
            classes = (int) width;
            logits |= logits(values.get(scores), cells, classes, classes);
            levels.add(new DistanceHead.Level(8 << i, scores, sides, 0, classes, SIDES, 0));
        }
        boolean pico = grids == 4;
        return Optional.of(
                new ModelForm(
                        pico ? "picodet" : "nanodet",
                        size.width(),
                        size.height(),
                        InputForm.imageNet(
                                pico ? Letterbox.Placing.STRETCHED : Letterbox.Placing.CENTRE),
                        new DistanceHead(
                                size.width(), size.height(), levels, classes, BINS, true, logits),
                        0.6,
                        NOT_LOOKED_AT,
                        labels(classes, notes)));
    }

    /** Index of the only output of so many rows that is, or is not, so wide; -1: there is none. */
    private static int find(List<TensorShape> shapes, int rows, int width, boolean soWide) {
        for (int i = 0; i < shapes.size(); i++) {
            if (rows(shapes.get(i)) == rows && (lastDimension(shapes.get(i)) == width) == soWide) {
                return i;
            }
        }
        return -1;
    }

    private static int[] both(List<TensorShape> shapes, int rows) {
        int[] found = {-1, -1};
        int count = 0;
        for (int i = 0; i < shapes.size() && count < 2; i++) {
            if (rows(shapes.get(i)) == rows) {
                found[count++] = i;
            }
        }
        return found;
    }

    private static long rows(TensorShape shape) {
        return shape.rank() == 3 && shape.at(0) == 1 ? shape.at(1) : -1;
    }

    private static long lastDimension(TensorShape shape) {
        return shape.at(shape.rank() - 1);
    }

    private static OptionalInt grids(InputSize size, long rows) {
        int sum = 0;
        for (int i = 0; i < 4; i++) {
            sum += cells(size, 8 << i);
            if (i >= 2 && sum == rows) {
                return OptionalInt.of(i + 1);
            }
        }
        return OptionalInt.empty();
    }

    private static int cells(InputSize size, int stride) {
        return DistanceHead.cells(size.width(), stride) * DistanceHead.cells(size.height(), stride);
    }

    private static boolean plausible(long classes) {
        return classes >= 1 && classes <= MOST_CLASSES;
    }

    /** Centres in pixels reach across the picture, offsets within a grid stay small. */
    private static boolean reachesBeyond(FloatBuffer values, int rows, int columns, int width) {
        for (int row = 0; row < rows; row++) {
            if (values.get(row * columns) > width / 2.0) {
                return true;
            }
        }
        return false;
    }

    private static boolean logits(FloatBuffer values, int rows, int stride, int classes) {
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < classes; i++) {
                float value = values.get(row * stride + i);
                if (value < 0 || value > 1) {
                    return true;
                }
            }
        }
        return false;
    }

    /** From the exporter's note ({@code {0: 'person', ...}}), else COCO's where there are 80. */
    private static Optional<List<String>> named(int classes, Map<String, String> notes) {
        String[] names = new String[classes];
        int count = 0;
        Matcher matcher = NAME.matcher(notes.getOrDefault("names", ""));
        while (matcher.find()) {
            count++;
            String index = matcher.group(1);
            if (index.length() < 5 && Integer.parseInt(index) < classes) {
                String name = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
                names[Integer.parseInt(index)] = name;
            }
        }
        if (count == classes
                && Arrays.stream(names).noneMatch(name -> name == null || name.isBlank())) {
            return Optional.of(List.of(names));
        }
        return classes == CocoLabels.NAMES.size()
                ? Optional.of(CocoLabels.NAMES)
                : Optional.empty();
    }

    private static List<String> labels(int classes, Map<String, String> notes)
            throws ModelException {
        return named(classes, notes)
                .orElseThrow(
                        () ->
                                new ModelException(
                                        "it has "
                                                + classes
                                                + (classes == 1 ? " class" : " classes")
                                                + " and does not name them; wanted is a note"
                                                + " 'names' in its metadata, as Ultralytics'"
                                                + " exporter writes it"));
    }
}
