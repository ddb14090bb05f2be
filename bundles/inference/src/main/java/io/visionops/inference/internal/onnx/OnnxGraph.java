package io.visionops.inference.internal.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.ValueInfo;
import io.visionops.api.model.ModelException;
import io.visionops.inference.internal.head.TensorShape;
import io.visionops.inference.internal.image.InputSize;
import io.visionops.inference.internal.onnx.format.OpenInput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model as ONNX Runtime has loaded it. May be asked by many threads at a time; whoever closes it
 * sees to it that none does any more.
 */
final class OnnxGraph implements AutoCloseable {

    static final int COLOURS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(OnnxGraph.class);

    private static final Duration FIRST_RUN_LIMIT = Duration.ofSeconds(30);
    private static final int MOST_WORDS = 200;
    private static final long MOST_OUTPUT_VALUES = 64L << 20;

    private final OrtEnvironment environment;
    private final OrtSession session;

    private OnnxGraph(OrtEnvironment environment, OrtSession session) {
        this.environment = environment;
        this.session = session;
    }

    /**
     * What a model puts out, in its order.
     *
     * @param values copies; empty where there are none, or too many
     */
    record Answer(List<TensorShape> shapes, List<FloatBuffer> values) {}

    /** Loads a model as it is. */
    static OnnxGraph load(Path file, OrtEnvironment environment) throws OrtException {
        try (SessionOptions options = options()) {
            return new OnnxGraph(environment, environment.createSession(file.toString(), options));
        }
    }

    /**
     * Loads a model so that it may be asked with an input of any height and width; whether the
     * answers are of use is another question.
     *
     * @param input its name
     */
    static OnnxGraph loadOpen(Path file, String input, OrtEnvironment environment)
            throws OrtException, ModelException, IOException {
        try (FileChannel channel = FileChannel.open(file);
                BytePointer memory = new BytePointer(channel.size());
                SessionOptions options = options()) {
            ByteBuffer bytes = memory.asBuffer();
            while (bytes.hasRemaining()) {
                if (channel.read(bytes) < 0) {
                    throw new EOFException("it became shorter");
                }
            }
            bytes.flip();
            OpenInput.open(bytes, input);
            return new OnnxGraph(environment, environment.createSession(bytes, options));
        }
    }

    private static SessionOptions options() throws OrtException {
        SessionOptions options = new SessionOptions();
        options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
        options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        options.addConfigEntry("session.inter_op.allow_spinning", "0");
        return options;
    }

    /** What its exporter noted. */
    Map<String, String> notes() throws OrtException {
        return session.getMetadata().getCustomMetadata();
    }

    List<TensorShape> inputs() throws OrtException {
        Map<String, NodeInfo> inputs = session.getInputInfo();
        return inputs.values().stream().map(node -> shape(node.getName(), node.getInfo())).toList();
    }

    /**
     * Asks it once, in memory that is made for that; broken off when it takes too long.
     *
     * @param picture three planes of that size
     * @throws ModelException when it puts out what are no numbers
     */
    Answer ask(String input, InputSize size, FloatPointer picture)
            throws OrtException, ModelException {
        List<TensorShape> shapes = new ArrayList<>();
        List<FloatBuffer> values = new ArrayList<>();
        long[] shape = {1, COLOURS, size.height(), size.width()};
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, picture.asBuffer(), shape);
                OrtSession.RunOptions options = new OrtSession.RunOptions()) {
            // What fails is thrown, and need not be printed as well.
            options.setLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            try (RunLimit limit = new RunLimit(options, FIRST_RUN_LIMIT);
                    OrtSession.Result result = session.run(Map.of(input, tensor), options)) {
                for (Map.Entry<String, OnnxValue> output : result) {
                    TensorShape found = shape(output.getKey(), output.getValue().getInfo());
                    shapes.add(found);
                    values.add(values(found, output.getValue()));
                }
            }
        }
        return new Answer(shapes, values);
    }

    private static FloatBuffer values(TensorShape shape, OnnxValue output) throws ModelException {
        boolean usable =
                shape.floats() && shape.values() > 0 && shape.values() < MOST_OUTPUT_VALUES;
        return usable && output instanceof OnnxTensor tensor
                ? finite(tensor.getFloatBuffer())
                : FloatBuffer.allocate(0);
    }

    private static FloatBuffer finite(FloatBuffer values) throws ModelException {
        for (int i = values.position(); i < values.limit(); i++) {
            if (!Float.isFinite(values.get(i))) {
                throw new ModelException("it puts out values that are no numbers");
            }
        }
        return values;
    }

    private static TensorShape shape(String name, ValueInfo info) {
        return info instanceof TensorInfo tensor
                ? new TensorShape(name, tensor.getShape(), tensor.type == OnnxJavaType.FLOAT)
                : new TensorShape(name, new long[0], false);
    }

    /** A tensor over memory of the caller's, to be closed by him. */
    OnnxTensor tensor(FloatBuffer memory, long[] shape) throws OrtException {
        return OnnxTensor.createTensor(environment, memory, shape);
    }

    /** Asks it in memory of the caller's. */
    void ask(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) throws OrtException {
        // The outputs are the caller's: nothing of the result is to be freed but its wrapper.
        session.run(inputs, outputs).close();
    }

    /** ONNX Runtime's own words without line breaks, paths and places in its source. */
    static String oneLine(OrtException e) {
        // They name parts of the model, which may be of any length.
        String all = String.valueOf(e.getMessage());
        String words =
                all.substring(0, Math.min(all.length(), 10 * MOST_WORDS))
                        .replaceAll("\\s+", " ")
                        .replaceAll("^Error code - \\w+ - message: ", "")
                        .replaceAll("Load model from .*? failed: ?", "")
                        .replaceAll("/onnxruntime_src/\\S+ .*?\\) (?=[A-Z])", "")
                        .strip();
        return words.length() > MOST_WORDS ? words.substring(0, MOST_WORDS) + "..." : words;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            LOG.warn("a model cannot be unloaded", e);
        }
    }
}
