package io.visionops.inference.internal.detect;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.ValueInfo;
import io.visionops.api.detect.DetectorException;
import io.visionops.api.model.ModelException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model that is loaded once and asked by all cameras. One thread a call, no more calls at a time
 * than the machine has cores, in the order in which they come: a slow camera delays nobody.
 * Thread-safe. A call that is under way when the model is closed comes to its end first.
 */
public final class OnnxModel implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OnnxModel.class);

    private static final long TURN_LIMIT_SECONDS = 10;
    private static final long CLOSE_LIMIT_MILLIS = 10_000;
    private static final Duration FIRST_RUN_LIMIT = Duration.ofSeconds(30);
    private static final int COLOURS = 3;
    private static final int GREY = 114;
    private static final int MOST_WORDS = 200;
    private static final long MOST_OUTPUT_VALUES = 64L << 20;

    private final String name;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final Semaphore turns;
    private final String inputName;
    private final ModelForm form;
    private final Map<String, long[]> outputShapes;

    /** Workspaces that nobody uses. Guarded by "this". */
    private final Deque<Workspace> free = new ArrayDeque<>();

    /** Calls under way. Guarded by "this". */
    private int users;

    /** Guarded by "this". */
    private boolean closed;

    private OnnxModel(
            String name,
            OrtEnvironment environment,
            OrtSession session,
            Semaphore turns,
            String inputName,
            ModelForm form,
            Map<String, long[]> outputShapes) {
        this.name = name;
        this.environment = environment;
        this.session = session;
        this.turns = turns;
        this.inputName = inputName;
        this.form = form;
        this.outputShapes = outputShapes;
    }

    /**
     * Loads a model and finds out what it is by asking it for a grey picture.
     *
     * @param turns calls that may be under way at a time, of all models together; fair
     * @throws ModelException when it cannot be loaded, fails or is of no known family
     */
    public static OnnxModel open(
            String name, Path file, OrtEnvironment environment, Semaphore turns)
            throws ModelException {
        OpenCv.load();
        OrtSession session = null;
        try (SessionOptions options = options()) {
            session = environment.createSession(file.toString(), options);
            return inspect(name, environment, session, turns);
        } catch (OrtException e) {
            close(session, name);
            throw new ModelException(oneLine(e), e);
        } catch (ModelException | RuntimeException e) {
            close(session, name);
            throw e;
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

    private static OnnxModel inspect(
            String name, OrtEnvironment environment, OrtSession session, Semaphore turns)
            throws OrtException, ModelException {
        Map<String, String> notes = session.getMetadata().getCustomMetadata();
        List<TensorShape> inputs = shapes(session.getInputInfo());
        Recogniser.InputSize size = Recogniser.inputSize(inputs, notes);
        String input = inputs.get(0).name();
        List<TensorShape> outputs = new ArrayList<>();
        List<FloatBuffer> values = new ArrayList<>();
        Map<String, long[]> shapes = new LinkedHashMap<>();
        long[] shape = {1, COLOURS, size.height(), size.width()};
        try (FloatPointer grey = grey((long) COLOURS * size.width() * size.height());
                OnnxTensor tensor = OnnxTensor.createTensor(environment, grey.asBuffer(), shape);
                OrtSession.RunOptions options = new OrtSession.RunOptions();
                RunLimit limit = new RunLimit(options, FIRST_RUN_LIMIT);
                OrtSession.Result result = session.run(Map.of(input, tensor), options)) {
            for (Map.Entry<String, OnnxValue> output : result) {
                TensorShape found = shape(output.getKey(), output.getValue().getInfo());
                outputs.add(found);
                boolean usable =
                        found.floats()
                                && found.values() > 0
                                && found.values() < MOST_OUTPUT_VALUES
                                && output.getValue() instanceof OnnxTensor;
                values.add(
                        usable
                                ? finite(((OnnxTensor) output.getValue()).getFloatBuffer())
                                : FloatBuffer.allocate(0));
                shapes.put(found.name(), found.dimensions());
            }
        }
        ModelForm form = Recogniser.recognise(size, outputs, values, notes);
        return new OnnxModel(name, environment, session, turns, input, form, shapes);
    }

    private static FloatPointer grey(long count) {
        FloatPointer memory = new FloatPointer(count);
        FloatBuffer values = memory.asBuffer();
        for (int i = 0; i < values.capacity(); i++) {
            values.put(i, GREY);
        }
        return memory;
    }

    private static FloatBuffer finite(FloatBuffer values) throws ModelException {
        for (int i = values.position(); i < values.limit(); i++) {
            if (!Float.isFinite(values.get(i))) {
                throw new ModelException("it puts out values that are no numbers");
            }
        }
        return values;
    }

    private static List<TensorShape> shapes(Map<String, NodeInfo> nodes) {
        return nodes.values().stream().map(node -> shape(node.getName(), node.getInfo())).toList();
    }

    private static TensorShape shape(String name, ValueInfo info) {
        return info instanceof TensorInfo tensor
                ? new TensorShape(name, tensor.getShape(), tensor.type == OnnxJavaType.FLOAT)
                : new TensorShape(name, new long[0], false);
    }

    /** ONNX Runtime's own words without line breaks, paths and places in its source. */
    private static String oneLine(OrtException e) {
        String words =
                String.valueOf(e.getMessage())
                        .replaceAll("\\s+", " ")
                        .replaceAll("^Error code - \\w+ - message: ", "")
                        .replaceAll("Load model from .*? failed: ?", "")
                        .replaceAll("/onnxruntime_src/\\S+ .*?\\) (?=[A-Z])", "")
                        .strip();
        return words.length() > MOST_WORDS ? words.substring(0, MOST_WORDS) + "..." : words;
    }

    private static void close(@Nullable OrtSession session, String name) {
        if (session != null) {
            try {
                session.close();
            } catch (OrtException e) {
                LOG.warn("model {} cannot be unloaded", name, e);
            }
        }
    }

    /** By which cameras choose it. */
    public String name() {
        return name;
    }

    ModelForm form() {
        return form;
    }

    /** As in {@link io.visionops.api.model.ModelInfo#family()}. */
    public String family() {
        return form.family();
    }

    /** Of the input, in pixels. */
    public int width() {
        return form.width();
    }

    /** Of the input, in pixels. */
    public int height() {
        return form.height();
    }

    /** The names of what it can find. */
    public List<String> labels() {
        return form.labels();
    }

    /**
     * Asks the model for the parts of a frame.
     *
     * @param found gets the boxes, relative to the frame; those that show one object are still all
     *     there
     * @throws DetectorException when its turn does not come, it fails or is closed
     */
    void ask(List<PicturePart> parts, float least, Candidates found) throws DetectorException {
        awaitTurn();
        try {
            Workspace workspace = enter();
            try {
                for (PicturePart part : parts) {
                    workspace.ask(part, least, found);
                }
            } catch (OrtException e) {
                throw new DetectorException("model " + name + " failed: " + oneLine(e), e);
            } finally {
                leave(workspace);
            }
        } finally {
            turns.release();
        }
    }

    private void awaitTurn() throws DetectorException {
        try {
            if (!turns.tryAcquire(TURN_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new DetectorException(
                        "model "
                                + name
                                + " got no turn within "
                                + TURN_LIMIT_SECONDS
                                + " s: the machine is overloaded or a call hangs");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DetectorException("model " + name + " was interrupted", e);
        }
    }

    private synchronized Workspace enter() throws DetectorException {
        if (closed) {
            throw new DetectorException("model " + name + " is closed");
        }
        Workspace workspace = free.poll();
        if (workspace == null) {
            try {
                workspace = new Workspace();
            } catch (OrtException e) {
                throw new DetectorException("model " + name + " has no memory: " + oneLine(e), e);
            }
        }
        users++;
        return workspace;
    }

    private synchronized void leave(Workspace workspace) {
        users--;
        free.push(workspace);
        if (closed && users == 0) {
            release();
        }
        notifyAll();
    }

    /** Waits for calls under way, at most ten seconds; the last of them then unloads the model. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (users == 0) {
            release();
            return;
        }
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_LIMIT_MILLIS);
        try {
            while (users > 0) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    LOG.warn("model {} is unloaded when the call that hangs returns", name);
                    return;
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void release() {
        free.forEach(Workspace::close);
        free.clear();
        close(session, name);
    }

    /**
     * The memory of one call: input, outputs and what paints the input. Freed when the model is
     * closed, not when the collector comes by.
     */
    private final class Workspace implements AutoCloseable {

        private final List<FloatPointer> memory = new ArrayList<>();
        private final InputPainter painter;
        private final Map<String, OnnxTensor> inputs;
        private final Map<String, OnnxTensor> outputs = new LinkedHashMap<>();
        private final List<FloatBuffer> values = new ArrayList<>();

        Workspace() throws OrtException {
            int width = form.width();
            int height = form.height();
            FloatPointer input = memory((long) COLOURS * width * height);
            for (Map.Entry<String, long[]> shape : outputShapes.entrySet()) {
                long count = 1;
                for (long size : shape.getValue()) {
                    count *= size;
                }
                FloatBuffer output = memory(count).asBuffer();
                values.add(output);
                outputs.put(
                        shape.getKey(),
                        OnnxTensor.createTensor(environment, output, shape.getValue()));
            }
            inputs =
                    Map.of(
                            inputName,
                            OnnxTensor.createTensor(
                                    environment,
                                    input.asBuffer(),
                                    new long[] {1, COLOURS, height, width}));
            painter = new InputPainter(form, input);
        }

        private FloatPointer memory(long count) {
            FloatPointer floats = new FloatPointer(count);
            memory.add(floats);
            return floats;
        }

        void ask(PicturePart part, float least, Candidates found) throws OrtException {
            Letterbox place = painter.paint(part);
            // The outputs are ours: nothing of the result is to be freed but its wrapper.
            session.run(inputs, outputs).close();
            int first = found.count();
            form.head().decode(values, least, found);
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
}
