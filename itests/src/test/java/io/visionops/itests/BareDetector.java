package io.visionops.itests;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A YOLOX model called without anything around it: one thread, as the product calls it. */
final class BareDetector implements AutoCloseable {

    private static final int SIDE = 416;

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final OnnxTensor input;

    BareDetector(Path model) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        session = environment.createSession(model.toString(), options);
        FloatBuffer grey =
                ByteBuffer.allocateDirect(3 * SIDE * SIDE * Float.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
        while (grey.hasRemaining()) {
            grey.put(114);
        }
        input = OnnxTensor.createTensor(environment, grey.flip(), new long[] {1, 3, SIDE, SIDE});
    }

    /** The median time of one call, called {@code perSecond} times a second. */
    Duration medianOf(int seconds, int perSecond) throws OrtException {
        long[] nanos = new long[seconds * perSecond];
        Map<String, OnnxTensor> inputs = Map.of(session.getInputNames().iterator().next(), input);
        long next = System.nanoTime();
        for (int i = 0; i < nanos.length; i++) {
            long begin = System.nanoTime();
            session.run(inputs).close();
            nanos[i] = System.nanoTime() - begin;
            next += TimeUnit.SECONDS.toNanos(1) / perSecond;
            LockSupport.parkNanos(next - System.nanoTime());
        }
        java.util.Arrays.sort(nanos);
        return Duration.ofNanos(nanos[nanos.length / 2]);
    }

    @Override
    public void close() throws OrtException {
        input.close();
        session.close();
    }
}
