package io.visionops.inference.internal.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.visionops.api.detect.DetectorException;
import io.visionops.api.model.ModelException;
import io.visionops.inference.internal.head.Candidates;
import io.visionops.inference.internal.head.ModelForm;
import io.visionops.inference.internal.image.InputSize;
import io.visionops.inference.internal.image.OpenCv;
import io.visionops.inference.internal.image.PicturePart;
import io.visionops.inference.internal.image.Turn;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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

    /** Two sizes of input for each call that may be under way. */
    private static final int MOST_FREE = 2 * Runtime.getRuntime().availableProcessors();

    private final String name;
    private final Semaphore turns;
    private final InputSizes sizes;

    /** Workspaces that nobody uses, the one used last first. Guarded by "this". */
    private final Deque<Workspace> free = new ArrayDeque<>();

    /** Calls under way. Guarded by "this". */
    private int users;

    /** Guarded by "this". */
    private boolean closed;

    private OnnxModel(String name, Semaphore turns, InputSizes sizes) {
        this.name = name;
        this.turns = turns;
        this.sizes = sizes;
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
        try {
            return new OnnxModel(name, turns, InputSizes.load(name, file, environment));
        } catch (OrtException e) {
            throw new ModelException(OnnxGraph.oneLine(e), e);
        }
    }

    /** By which cameras choose it. */
    public String name() {
        return name;
    }

    ModelForm form() {
        return sizes.own().form();
    }

    /** As in {@link io.visionops.api.model.ModelInfo#family()}. */
    public String family() {
        return form().family();
    }

    /** Of the input, in pixels. */
    public int width() {
        return form().width();
    }

    /** Of the input, in pixels. */
    public int height() {
        return form().height();
    }

    /** The names of what it can find. */
    public List<String> labels() {
        return form().labels();
    }

    /**
     * Asks the model for the parts of a frame.
     *
     * @param turn of the caller; may be given back while the call hangs
     * @param found gets the boxes, relative to the frame; those that show one object are still all
     *     there
     * @throws DetectorException when its turn does not come, it fails or is closed
     */
    void ask(List<PicturePart> parts, float least, Candidates found, Turn turn)
            throws DetectorException {
        awaitTurn();
        turn.taken();
        try {
            enter();
            try {
                for (PicturePart part : parts) {
                    ask(part, least, found);
                }
            } catch (OrtException e) {
                throw new DetectorException(
                        "model " + name + " failed: " + OnnxGraph.oneLine(e), e);
            } finally {
                leave();
            }
        } finally {
            turn.giveBack();
        }
    }

    /** For one caller. */
    Turn turn() {
        return new Turn(turns);
    }

    private void ask(PicturePart part, float least, Candidates found) throws OrtException {
        Workspace workspace = take(sizes.holding(part.luma().cols(), part.luma().rows()));
        try {
            workspace.ask(part, least, found);
        } finally {
            give(workspace);
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

    private synchronized void enter() throws DetectorException {
        if (closed) {
            throw new DetectorException("model " + name + " is closed");
        }
        users++;
    }

    private synchronized void leave() {
        users--;
        if (closed && users == 0) {
            release();
        }
        notifyAll();
    }

    private Workspace take(SizedForm sized) throws OrtException {
        InputSize size = sized.size();
        synchronized (this) {
            for (Workspace workspace : free) {
                if (workspace.size().equals(size)) {
                    free.remove(workspace);
                    return workspace;
                }
            }
        }
        return sizes.workspace(sized);
    }

    private synchronized void give(Workspace workspace) {
        free.push(workspace);
        if (free.size() > MOST_FREE) {
            free.removeLast().close();
        }
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
        sizes.close();
    }
}
