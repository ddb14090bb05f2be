package io.visionops.ingest.internal.handover;

import io.visionops.api.camera.CameraState;
import io.visionops.api.frame.FrameCounts;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.config.DecoderSettings;
import io.visionops.ingest.internal.state.StateData;
import io.visionops.support.WholeFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a {@link Handover} in a small file, {@code NAME.handover}. Written beside it and renamed;
 * synced only on request, since decoders do not outlive the machine either: what a power cut leaves
 * of it has a wrong checksum and is not believed.
 */
public final class HandoverFile {

    private static final Logger LOG = LoggerFactory.getLogger(HandoverFile.class);

    private static final String SUM = "#sum ";

    private final Path folder;
    private final Path file;

    /** Addresses without credentials, so that another camera's past is not continued. */
    private final String source;

    private final boolean asap;

    public HandoverFile(Path folder, DecoderSettings plan) {
        this.folder = folder;
        this.file = folder.resolve(plan.camera() + ".handover");
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
        text.setProperty("run", run());
        text.setProperty("source", source);
        text.store(body, null);
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes((SUM + sum(bytes) + "\n").getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(bytes);
        Files.createDirectories(folder);
        WholeFile.write(file, all.toByteArray(), synced);
    }

    public void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("cannot delete {}: {}", file, e.toString());
        }
    }

    /**
     * What was left for this camera; after a restart of the program only how it was and how often
     * it failed. Empty when there is nothing, it is damaged, or the camera has another address now.
     *
     * @param now monotonic
     * @param wall the same by the wall clock
     */
    public Optional<Handover> read(long now, Instant wall) {
        try {
            String all = Files.readString(file);
            int end = all.indexOf('\n') + 1;
            String body = all.substring(end);
            if (!all.startsWith(SUM + sum(body.getBytes(StandardCharsets.UTF_8)) + "\n")) {
                LOG.warn("{} is damaged and is not believed", file);
                return Optional.empty();
            }
            Properties text = new Properties();
            try (Reader reader = new StringReader(body)) {
                text.load(reader);
            }
            if (!source.equals(text.getProperty("source"))) {
                return Optional.empty();
            }
            Handover left = HandoverCodec.read(text);
            boolean same = run().equals(text.getProperty("run"));
            return Optional.of(same ? left : afterRestart(left, now, wall));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} is not believed: {}", file, e.toString());
            return Optional.empty();
        }
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
