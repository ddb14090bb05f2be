package io.visionops.ingest.internal.connectiontest;

import io.visionops.api.camera.CameraIdentity;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.ConnectionTest;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.Source.Transport;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.decoder.DecoderCommand.Supply;
import io.visionops.ingest.internal.decoder.DecoderUnavailable;
import io.visionops.ingest.internal.decoder.FfmpegErrorClassifier;
import io.visionops.support.network.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** All stages of one address. Used by one thread. */
final class AddressTrial {

    /** Of what is left for a decoder; the rest is for the other transport. */
    private static final double FIRST_TRY = 0.65;

    /** Key frames that are rarer keep everybody waiting at each start. */
    private static final Duration LATE = Duration.ofSeconds(4);

    /** Of the set rate; slower is DEGRADED later on. */
    private static final double SLOW = 0.5;

    private static final Set<Cause> MAYBE_OF_TRANSPORT =
            Set.of(Cause.TIMEOUT, Cause.REFUSED, Cause.END_OF_STREAM, Cause.UNREACHABLE);

    private final Address address;
    private final Optional<CameraIdentity> known;
    private final Transport transport;
    private final int fps;
    private final Decoding decoding;
    private final Deadline deadline;
    private final Stages stages;
    private Supply supply = Supply.STREAM;

    /** Runs the decoder. */
    @FunctionalInterface
    interface Decoding {

        /**
         * @param deadline of the first picture
         * @param whole of all of it
         * @throws IOException when it cannot be started, with what to do
         */
        DecodeCheck.Seen of(
                Address address,
                Transport transport,
                Supply supply,
                Deadline deadline,
                Deadline whole)
                throws DecoderUnavailable, IOException;
    }

    /**
     * @param known what the camera showed at its first success
     * @param fps that is meant to be analysed
     */
    AddressTrial(
            Address address,
            Optional<CameraIdentity> known,
            Transport transport,
            int fps,
            Decoding decoding,
            Deadline deadline) {
        this.known = known;
        this.address = address;
        this.transport = transport;
        this.fps = fps;
        this.decoding = decoding;
        this.deadline = deadline;
        this.stages = new Stages(StageName.of(address), deadline.ticker());
    }

    ConnectionTest.AddressResult run() {
        try {
            if (address.scheme().isNetwork()) {
                stages.passed(
                        StageName.ADDRESS,
                        address.host()
                                + " port "
                                + address.port()
                                + (address.scheme().isRtsp() ? " over " + name(transport) : ""));
                decode(new ProtocolCheck(address, known, deadline, stages).go());
            } else {
                local();
                decode(new ProtocolCheck.Seen(SdpDescription.NONE, Optional.empty()));
            }
        } catch (StageFailed e) {
            stages.failed(e);
        }
        return new ConnectionTest.AddressResult(address.masked(), stages.list());
    }

    private static String name(Transport transport) {
        return transport.name().toUpperCase(Locale.ROOT);
    }

    private void local() throws StageFailed {
        Path path = Path.of(address.path());
        if (!Files.exists(path)) {
            throw new StageFailed(
                    StageName.ADDRESS,
                    Cause.NOT_FOUND,
                    path + " does not exist",
                    "Correct the path, or plug the camera in.");
        }
        if (Files.isDirectory(path) || !Files.isReadable(path)) {
            throw new StageFailed(
                    StageName.ADDRESS,
                    Cause.NOT_FOUND,
                    path + " cannot be read",
                    "Name a file, and give the user of VisionOps the right to read it.");
        }
        stages.passed(StageName.ADDRESS, path.toString());
    }

    private void decode(ProtocolCheck.Seen visit) throws StageFailed {
        supply = visit.supply();
        boolean hasOther = address.scheme().isRtsp();
        long left = deadline.millis();
        Duration share = Duration.ofMillis(hasOther ? (long) (left * FIRST_TRY) : left);
        Address given = visit.login() ? address : address.withoutLogin();
        DecodeCheck.Seen seen = seen(given, transport, deadline.atMost(share));
        if (visit.elsewhere().isPresent()) {
            redirected(visit.elsewhere().get(), seen);
        }
        Optional<Fault> fault = seen.fault();
        if (fault.isEmpty()) {
            codec(seen.described(), visit.description());
            pictures(seen);
            return;
        }
        if (hasOther && !seen.packets() && MAYBE_OF_TRANSPORT.contains(fault.get().cause())) {
            Transport other = transport == Transport.TCP ? Transport.UDP : Transport.TCP;
            DecodeCheck.Seen instead = seen(given, other, deadline);
            if (instead.first().isPresent()) {
                codec(instead.described(), visit.description());
                throw onlyOver(other, fault.get());
            }
        }
        Optional<String> broken = address.local().flatMap(FfmpegErrorClassifier::ofFile);
        if (broken.isPresent()) {
            throw new StageFailed(StageName.CODEC, Cause.CODEC, broken.get(), Advice.FILM);
        }
        StageFailed verdict = Verdict.of(visit.description(), seen, fault.get(), encoding());
        if (verdict.stage() == StageName.FRAME) {
            codec(seen.described(), visit.description());
        }
        throw verdict;
    }

    private String encoding() {
        return switch (address.scheme()) {
            case FILE -> Advice.FILM;
            case HTTP, HTTPS -> Advice.WEB;
            default -> Advice.ENCODING;
        };
    }

    private DecodeCheck.Seen seen(Address given, Transport over, Deadline until)
            throws StageFailed {
        try {
            return decoding.of(given, over, supply, until, deadline);
        } catch (DecoderUnavailable | IOException e) {
            throw new StageFailed(
                    StageName.CODEC,
                    Cause.CRASHED,
                    "the decoder cannot be started",
                    "This is VisionOps' own trouble and not the camera's: " + e.getMessage());
        }
    }

    private void redirected(String elsewhere, DecodeCheck.Seen seen) throws StageFailed {
        if (seen.first().isEmpty()) {
            throw new StageFailed(
                    StageName.STREAM,
                    Cause.NOT_FOUND,
                    "the camera sends us elsewhere, and there is no stream: " + elsewhere,
                    "Write the address of the stream itself.");
        }
        stages.passed(
                StageName.STREAM,
                "the camera sends us to " + elsewhere,
                "Write that address into the configuration: it saves a step at each connection.");
    }

    private void codec(String described, SdpDescription description) {
        stages.passed(
                StageName.CODEC,
                described.isEmpty() ? description.video().orElse("can be decoded") : described);
    }

    private void pictures(DecodeCheck.Seen seen) throws StageFailed {
        Duration first = seen.first().orElseThrow();
        String size =
                seen.size().map(one -> one.width() + "x" + one.height()).orElseThrow()
                        + " pixels are analysed";
        stages.passed(
                StageName.FRAME,
                size,
                first.compareTo(LATE) < 0
                        ? ""
                        : "The first picture took "
                                + first.toSeconds()
                                + " s. "
                                + Advice.late(seen.described()));
        if (address.scheme() == Address.Scheme.FILE) {
            stages.passed(StageName.RATE, "a file's own");
            return;
        }
        if (supply == Supply.SNAPSHOTS) {
            stages.passed(StageName.RATE, "one a second, asked for one by one");
            return;
        }
        if (seen.perSecond().isEmpty()) {
            stages.passed(StageName.RATE, "not counted: the stream ended, or time was up");
            return;
        }
        // More than the set rate come only while a burst is not over.
        double rate = Math.min(fps, seen.perSecond().get());
        if (rate == 0) {
            throw new StageFailed(
                    StageName.RATE,
                    Cause.TIMEOUT,
                    "one picture comes, and then no more",
                    "Restart the camera: its stream, or the time in it, stands still; new firmware"
                            + " may cure that.");
        }
        String words = String.format(Locale.ROOT, "%.1f of %d frames a second", rate, fps);
        if (rate < SLOW * fps) {
            throw StageFailed.slow(
                    words,
                    "Set a higher rate at the camera or a lower detect.fps; if it sends enough, the"
                            + " link to it is too slow: lower its bit rate.");
        }
        stages.passed(StageName.RATE, words, StreamCost.advice(seen.described()));
    }

    private StageFailed onlyOver(Transport works, Fault fault) {
        return new StageFailed(
                StageName.FRAME,
                fault.cause(),
                "no picture comes over " + name(transport) + ", but over " + name(works),
                "Set transport = "
                        + works.name().toLowerCase(Locale.ROOT)
                        + " in the camera's file"
                        + (works == Transport.TCP
                                ? ", or let UDP through the firewalls between."
                                : "."));
    }
}
