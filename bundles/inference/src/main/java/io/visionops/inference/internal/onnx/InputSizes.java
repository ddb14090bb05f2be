package io.visionops.inference.internal.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.visionops.api.model.ModelException;
import io.visionops.inference.internal.image.InputSize;
import io.visionops.inference.internal.image.Letterbox;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.javacpp.FloatPointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model and the sizes of input at which it is asked: its own, and smaller ones without the rows
 * or columns that a letterbox would fill with grey, where it finds the same at them. A size is
 * tried at its first use; there are at most two for each step of a side. Thread-safe but for
 * closing.
 */
final class InputSizes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InputSizes.class);

    /** Largest stride of the families that get letterboxed pictures. */
    private static final int STEP = 32;

    /**
     * Grey that is left beside a picture, in pixels, half a cell of the coarsest grid. With less
     * what stands at the edge is found a little worse.
     */
    private static final int MARGIN = STEP / 2;

    private static final double SAME_NUMBER = 1e-3;

    private final String name;
    private final OnnxGraph graph;
    private final String input;
    private final SizedForm own;
    private final boolean open;
    private final Map<InputSize, SizedForm> tried = new ConcurrentHashMap<>();

    private InputSizes(String name, OnnxGraph graph, String input, SizedForm own, boolean open) {
        this.name = name;
        this.graph = graph;
        this.input = input;
        this.own = own;
        this.open = open;
    }

    /**
     * Loads a model and finds out what it is and whether it stands other sizes than its own.
     *
     * @param name for the log
     * @throws ModelException when it fails or is of no known family
     */
    static InputSizes load(String name, Path file, OrtEnvironment environment)
            throws OrtException, ModelException {
        OnnxGraph graph = OnnxGraph.load(file, environment);
        InputSizes fixed;
        InputSize smaller;
        OnnxGraph.Answer expected;
        try {
            fixed = fixed(name, graph);
            smaller = fixed.smaller();
            if (smaller.equals(fixed.own.size())) {
                return fixed;
            }
            expected = fixed.answer(fixed.own.size(), fixed.own.size());
        } catch (OrtException | ModelException | RuntimeException e) {
            graph.close();
            throw e;
        }
        // One at a time in memory.
        graph.close();
        Optional<InputSizes> opened = fixed.opened(file, environment, expected, smaller);
        return opened.isPresent()
                ? opened.get()
                : new InputSizes(
                        name, OnnxGraph.load(file, environment), fixed.input, fixed.own, false);
    }

    private static InputSizes fixed(String name, OnnxGraph graph)
            throws OrtException, ModelException {
        ModelInput input = ModelInput.of(graph.inputs(), graph.notes());
        InputSize size = input.size();
        try (FloatPointer grey = TestPicture.grey(size)) {
            SizedForm own = SizedForm.of(size, graph.ask(input.name(), size, grey), graph.notes());
            return new InputSizes(name, graph, input.name(), own, false);
        }
    }

    /** A size that a common camera needs; its own when all need that. */
    private InputSize smaller() {
        InputSize wide = around(16, 9);
        return wide.equals(own.size()) ? around(9, 16) : wide;
    }

    /**
     * The same model with its input open.
     *
     * @param expected what it answers to the test picture at its own size
     * @param smaller a size to try
     * @return empty when it does not stand that
     */
    private Optional<InputSizes> opened(
            Path file, OrtEnvironment environment, OnnxGraph.Answer expected, InputSize smaller) {
        OnnxGraph other = null;
        try {
            other = OnnxGraph.loadOpen(file, input, environment);
            InputSizes sizes = new InputSizes(name, other, input, own, true);
            if (same(expected, sizes.answer(own.size(), own.size()))
                    && !sizes.at(smaller).size().equals(own.size())) {
                return Optional.of(sizes);
            }
        } catch (OrtException | ModelException | IOException | RuntimeException e) {
            LOG.debug("model {} is asked at {} only: {}", name, own.size(), e.getMessage());
        }
        if (other != null) {
            other.close();
        }
        return Optional.empty();
    }

    private static boolean same(OnnxGraph.Answer one, OnnxGraph.Answer other) {
        for (int i = 0; i < one.values().size(); i++) {
            FloatBuffer a = one.values().get(i);
            FloatBuffer b = other.values().get(i);
            if (a.remaining() != b.remaining()) {
                return false;
            }
            for (int k = 0; k < a.limit(); k++) {
                float value = a.get(k);
                if (Math.abs(value - b.get(k)) > SAME_NUMBER * (1 + Math.abs(value))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The whole model at its own size. */
    SizedForm own() {
        return own;
    }

    /** The smallest input in which a picture is as large as in the whole one. */
    SizedForm holding(int pictureWidth, int pictureHeight) {
        if (!open) {
            return own;
        }
        return at(around(pictureWidth, pictureHeight));
    }

    private InputSize around(int pictureWidth, int pictureHeight) {
        InputSize whole = own.size();
        Letterbox place =
                Letterbox.of(
                        own.form().input().placing(),
                        whole.width(),
                        whole.height(),
                        pictureWidth,
                        pictureHeight);
        return new InputSize(
                upToStep(place.width(), whole.width()), upToStep(place.height(), whole.height()));
    }

    private static int upToStep(int needed, int most) {
        return needed == most ? most : Math.min((needed + MARGIN + STEP - 1) / STEP * STEP, most);
    }

    private SizedForm at(InputSize size) {
        return size.equals(own.size()) ? own : tried.computeIfAbsent(size, this::attempt);
    }

    private SizedForm attempt(InputSize size) {
        try {
            OnnxGraph.Answer whole = answer(own.size(), size);
            OnnxGraph.Answer part = answer(size, size);
            SizedForm sized = SizedForm.of(size, part, graph.notes());
            boolean alike =
                    sized.form().family().equals(own.form().family())
                            && sized.form().labels().equals(own.form().labels())
                            && new OutputComparison(size)
                                    .alike(
                                            own.form().head(),
                                            whole.values(),
                                            sized.form().head(),
                                            part.values());
            if (alike) {
                return sized;
            }
            LOG.debug("model {} finds something else at {}: not used", name, size);
        } catch (OrtException e) {
            LOG.debug("model {} cannot work at {}: {}", name, size, OnnxGraph.oneLine(e));
        } catch (ModelException | RuntimeException e) {
            LOG.debug("model {} cannot work at {}: {}", name, size, e.getMessage());
        }
        return own;
    }

    private OnnxGraph.Answer answer(InputSize size, InputSize picture)
            throws OrtException, ModelException {
        try (FloatPointer memory = TestPicture.paint(own.form().input(), size, picture)) {
            return graph.ask(input, size, memory);
        }
    }

    /** Makes memory for calls at one of the sizes. */
    Workspace workspace(SizedForm sized) throws OrtException {
        return new Workspace(graph, input, sized);
    }

    @Override
    public void close() {
        graph.close();
    }
}
