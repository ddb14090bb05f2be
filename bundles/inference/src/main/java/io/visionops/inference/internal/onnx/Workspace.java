package io.visionops.inference.internal.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.visionops.inference.internal.head.Candidates;
import io.visionops.inference.internal.head.Head;
import io.visionops.inference.internal.image.InputSize;
import io.visionops.inference.internal.image.Letterbox;
import io.visionops.inference.internal.image.PicturePart;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The memory of one call at one size of input: input, outputs and what paints the input. Freed when
 * it is closed, not when the collector comes by. Used by one thread at a time.
 */
final class Workspace implements AutoCloseable {

    private final OnnxGraph graph;
    private final InputSize size;
    private final Head head;
    private final List<FloatPointer> memory = new ArrayList<>();
    private final InputPainter painter;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs = new LinkedHashMap<>();
    private final List<FloatBuffer> values = new ArrayList<>();

    /**
     * @param input the name of the model's input
     */
    Workspace(OnnxGraph graph, String input, SizedForm sized) throws OrtException {
        this.graph = graph;
        size = sized.size();
        head = sized.form().head();
        FloatPointer picture = memory((long) OnnxGraph.COLOURS * size.width() * size.height());
        for (Map.Entry<String, long[]> shape : sized.outputs().entrySet()) {
            long count = 1;
            for (long length : shape.getValue()) {
                count *= length;
            }
            FloatBuffer output = memory(count).asBuffer();
            values.add(output);
            outputs.put(shape.getKey(), graph.tensor(output, shape.getValue()));
        }
        inputs =
                Map.of(
                        input,
                        graph.tensor(
                                picture.asBuffer(),
                                new long[] {1, OnnxGraph.COLOURS, size.height(), size.width()}));
        painter = new InputPainter(sized.form(), picture);
    }

    private FloatPointer memory(long count) {
        FloatPointer floats = new FloatPointer(count);
        memory.add(floats);
        return floats;
    }

    InputSize size() {
        return size;
    }

    /** Adds what is found in a part of a frame, relative to the frame. */
    void ask(PicturePart part, float least, Candidates found) throws OrtException {
        Letterbox place = painter.paint(part);
        graph.ask(inputs, outputs);
        int first = found.count();
        head.decode(values, least, found);
        double scaleX = part.width() / place.width();
        double scaleY = part.height() / place.height();
        found.map(
                first,
                scaleX,
                part.left() - place.x() * scaleX,
                scaleY,
                part.top() - place.y() * scaleY);
    }

    @Override
    public void close() {
        painter.close();
        inputs.values().forEach(OnnxTensor::close);
        outputs.values().forEach(OnnxTensor::close);
        memory.forEach(FloatPointer::close);
    }
}
