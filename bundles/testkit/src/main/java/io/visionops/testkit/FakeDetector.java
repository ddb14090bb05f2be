package io.visionops.testkit;

import io.visionops.api.camera.CameraSettings;
import io.visionops.api.detect.Detection;
import io.visionops.api.detect.Detector;
import io.visionops.api.detect.DetectorException;
import io.visionops.api.detect.DetectorSession;
import io.visionops.api.frame.Frame;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A detector that finds what the test's script says. Thread-safe when the script is. */
public final class FakeDetector implements Detector {

    /** What is found in a frame; may throw, or hang. */
    @FunctionalInterface
    public interface Script {

        List<Detection> detect(Frame frame) throws DetectorException;
    }

    /** The detector at work for a camera; may throw. */
    @FunctionalInterface
    public interface Opening {

        DetectorSession open(CameraSettings camera) throws DetectorException;
    }

    private final String name;
    private final int quality;
    private final Set<String> labels;
    private final boolean gated;
    private final Opening opening;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();

    public FakeDetector(
            String name, int quality, Set<String> labels, boolean gated, Script script) {
        this.name = name;
        this.quality = quality;
        this.labels = Set.copyOf(labels);
        this.gated = gated;
        this.opening = camera -> new Session(script);
    }

    private FakeDetector(String name, int quality, Opening opening) {
        this.name = name;
        this.quality = quality;
        this.labels = Set.of("person");
        this.gated = false;
        this.opening = opening;
    }

    /** Finds persons, is shown every frame. */
    public static FakeDetector persons(String name, int quality, Script script) {
        return new FakeDetector(name, quality, Set.of("person"), false, script);
    }

    /** Finds persons, is shown every frame, by sessions of the test's own. */
    public static FakeDetector opening(String name, int quality, Opening opening) {
        return new FakeDetector(name, quality, opening);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int quality() {
        return quality;
    }

    @Override
    public Set<String> labels() {
        return labels;
    }

    @Override
    public boolean gated() {
        return gated;
    }

    @Override
    public DetectorSession open(CameraSettings camera) throws DetectorException {
        DetectorSession session = opening.open(camera);
        opened.incrementAndGet();
        return session;
    }

    /** Sessions of its own that are not closed. */
    public int openSessions() {
        return open.get();
    }

    /** Sessions that were ever opened. */
    public int openedSessions() {
        return opened.get();
    }

    /** Frames that were shown to it. */
    public int calls() {
        return calls.get();
    }

    private final class Session implements DetectorSession {

        private final Script script;
        private boolean closed;

        Session(Script script) {
            this.script = script;
            open.incrementAndGet();
        }

        @Override
        public List<Detection> detect(Frame frame) throws DetectorException {
            if (closed) {
                throw new IllegalStateException("session used after its end");
            }
            calls.incrementAndGet();
            return script.detect(frame);
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                open.decrementAndGet();
            }
        }
    }
}
