package io.visionops.ingest.internal.handover;

import io.visionops.api.camera.CameraState;
import io.visionops.api.frame.FrameCounts;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.config.DecoderSettings;
import io.visionops.ingest.internal.state.StateData;
import io.visionops.support.handover.HandoverDocument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.zip.CRC32;

/**
 * Keeps a {@link Handover} in a small file, {@code NAME.handover}. Written beside it and renamed;
 * synced only on request, since decoders do not outlive the machine either: what a power cut leaves
 * of it has a wrong checksum and is not believed. One of another version of this part is kept for
 * that one.
 */
public final class HandoverFile {

    /** Form of the text; one that names none is of the first. */
    static final int VERSION = 1;

    private static final String SUM = "#sum ";

    private final HandoverDocument<Left> document;
    private final int version;

    /** Addresses without credentials, so that another camera's past is not continued. */
    private final String source;

    private final boolean asap;

    /**
     * What lies in it.
     *
     * @param run of the program, which has left it
     */
    private record Left(Handover handover, String source, String run) {}

    private static final class Text implements HandoverDocument.Form<Left> {

        @Override
        public int version(byte[] bytes) throws IOException {
            return Integer.parseInt(
                    properties(bytes).getProperty("version", String.valueOf(VERSION)));
        }

        @Override
        public Left read(byte[] bytes) throws IOException {
            Properties text = properties(bytes);
            return new Left(
                    HandoverCodec.read(text),
                    text.getProperty("source", ""),
                    text.getProperty("run", ""));
        }

        private static Properties properties(byte[] bytes) throws IOException {
            String all = new String(bytes, StandardCharsets.UTF_8);
            String body = all.substring(all.indexOf('\n') + 1);
            if (!all.startsWith(SUM + sum(body.getBytes(StandardCharsets.UTF_8)) + "\n")) {
                throw new IOException("its checksum is wrong");
            }
            Properties text = new Properties();
            text.load(new StringReader(body));
            return text;
        }
    }

    public HandoverFile(Path folder, DecoderSettings plan) {
        this(folder, plan, VERSION);
    }

    /** As a part of that version does. */
    HandoverFile(Path folder, DecoderSettings plan, int version) {
        this.document =
                new HandoverDocument<>(
                        folder.resolve(plan.camera() + ".handover"), version, new Text());
        this.version = version;
        this.source = plan.addresses().stream().map(Address::identity).toList() + content(plan);
        this.asap = plan.isAsap();
    }

    /** Another film under the same name is another camera's past. */
    private static String content(DecoderSettings plan) {
        Optional<Path> film =
                plan.source().loop() ? Optional.empty() : plan.addresses().get(0).local();
        if (film.isEmpty() || !Files.isRegularFile(film.get())) {
            return "";
        }
        try {
            return " "
                    + Files.size(film.get())
                    + " "
                    + Files.getLastModifiedTime(film.get()).toMillis();
        } catch (IOException e) {
            return "";
        }
    }

    /** This run of the program: monotonic times and children mean nothing to another. */
    private static String run() {
        ProcessHandle self = ProcessHandle.current();
        return self.pid() + " " + self.info().startInstant().map(Instant::toString).orElse("");
    }

    public void write(Handover left) throws IOException {
        write(left, false);
    }

    /** Likewise; returns when it is on the disk. */
    public void sync(Handover left) throws IOException {
        write(left, true);
    }

    private synchronized void write(Handover left, boolean synced) throws IOException {
        StringWriter body = new StringWriter();
        Properties text = HandoverCodec.of(left);
        text.setProperty("version", String.valueOf(version));
        text.setProperty("run", run());
        text.setProperty("source", source);
        text.store(body, null);
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes((SUM + sum(bytes) + "\n").getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(bytes);
        document.write(all.toByteArray(), synced);
    }

    /** Nobody goes on from here, whatever its version. */
    public void delete() {
        document.deleteAll();
    }

    /**
     * What was left for this camera; after a restart of the program only how it was and how often
     * it failed. Empty when there is nothing, it is damaged, or the camera has another address now.
     *
     * @param now monotonic
     * @param wall the same by the wall clock
     */
    public Optional<Handover> read(long now, Instant wall) {
        return document.read()
                .filter(left -> left.source().equals(source))
                .map(
                        left ->
                                left.run().equals(run())
                                        ? left.handover()
                                        : afterRestart(left.handover(), now, wall));
    }

    /** It is tried at once, but that one has been dead for a week is no news. */
    private Handover afterRestart(Handover left, long now, Instant wall) {
        StateData before = left.stateData();
        boolean finished = before.state() == CameraState.IDLE && !before.isPaused();
        if (finished || asap && before.state() != CameraState.OFFLINE) {
            return film(left, finished, now, wall);
        }
        boolean dead = before.state() == CameraState.OFFLINE;
        StateData start = StateData.start(now);
        return new Handover(
                Optional.empty(),
                dead
                        ? start.enter(CameraState.OFFLINE, now)
                                .with(before.fault())
                                .with(before.misses())
                        : start,
                dead ? left.since() : wall,
                left.endpoints().at(0),
                0,
                new FrameCounts(0, 0, 0, Map.of(), 0),
                0,
                Optional.empty(),
                0,
                left.streamed(),
                Handover.Wish.NONE);
    }

    /** One that was read to its end stays so; one that was read in order goes on where it was. */
    private Handover film(Handover left, boolean finished, long now, Instant wall) {
        StateData start = StateData.start(now);
        return new Handover(
                Optional.empty(),
                finished
                        ? start.enter(CameraState.IDLE, now)
                                .notWaiting()
                                .with(left.stateData().fault())
                        : start,
                finished ? left.since() : wall,
                left.endpoints().at(0),
                asap ? left.sequence() : 0,
                new FrameCounts(0, 0, 0, Map.of(), 0),
                asap ? left.passed() : 0,
                asap ? left.origin() : Optional.empty(),
                0,
                left.streamed(),
                Handover.Wish.NONE);
    }

    private static String sum(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        return Long.toHexString(sum.getValue());
    }
}
