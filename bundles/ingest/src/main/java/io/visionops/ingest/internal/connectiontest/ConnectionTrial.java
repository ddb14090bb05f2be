package io.visionops.ingest.internal.connectiontest;

import io.visionops.api.camera.CameraException;
import io.visionops.api.camera.ConnectionTest;
import io.visionops.api.camera.Source;
import io.visionops.api.child.ChildProcesses;
import io.visionops.api.time.Ticker;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.config.InvalidSetting;
import io.visionops.ingest.internal.decoder.DecoderCommand;
import io.visionops.ingest.internal.decoder.Pin;
import io.visionops.ingest.internal.decoder.SharedDecoder;
import io.visionops.ingest.internal.trust.Remembered;
import io.visionops.support.network.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Connects to cameras on trial. Thread-safe. */
public final class ConnectionTrial {

    private static final int FPS = 5;
    private static final int WIDTH = 640;

    private final Supplier<Optional<ChildProcesses>> processes;
    private final SharedDecoder decoder;
    private final Ticker ticker;
    private final AtomicLong trials = new AtomicLong();

    /**
     * @param processes empty while its part is away
     */
    public ConnectionTrial(
            Supplier<Optional<ChildProcesses>> processes, SharedDecoder decoder, Ticker ticker) {
        this.processes = processes;
        this.decoder = decoder;
        this.ticker = ticker;
    }

    /** Of an address that is not configured, with the usual settings. */
    public ConnectionTest run(String url, Duration limit) throws CameraException {
        Source source = new Source(url, List.of(), Source.Pace.NATIVE, false, Source.Transport.TCP);
        return run(source, Remembered.NOTHING, FPS, WIDTH, limit);
    }

    /**
     * Of all addresses of a source, one after the other.
     *
     * @param remembered of the camera, which gets no password if it is another one
     * @param fps that is meant to be analysed
     * @param width of the pictures that are meant to be analysed
     * @param limit for each address
     * @throws CameraException when one is no address, or the calling thread is interrupted
     */
    public ConnectionTest run(
            Source source, Remembered remembered, int fps, int width, Duration limit)
            throws CameraException {
        List<ConnectionTest.AddressResult> done = new ArrayList<>();
        for (Address address : addresses(source)) {
            done.add(
                    new AddressTrial(
                                    address,
                                    remembered.identity(address),
                                    source.transport(),
                                    fps,
                                    (one, transport, supply, deadline, whole) ->
                                            decode(
                                                    new DecoderCommand(
                                                            decoder.program(),
                                                            source,
                                                            fps,
                                                            width,
                                                            "info"),
                                                    one,
                                                    remembered.pin(address),
                                                    transport,
                                                    supply,
                                                    deadline,
                                                    whole),
                                    Deadline.in(ticker, limit))
                            .run());
            if (Thread.currentThread().isInterrupted()) {
                throw new CameraException("interrupted");
            }
        }
        return new ConnectionTest(done);
    }

    private static List<Address> addresses(Source source) throws CameraException {
        try {
            List<Address> addresses = new ArrayList<>();
            addresses.add(Address.parse("url", source.url()));
            for (String fallback : source.fallbackUrls()) {
                addresses.add(Address.parse("fallback.urls", fallback));
            }
            return addresses;
        } catch (InvalidSetting e) {
            throw new CameraException(String.valueOf(e.getMessage()), e);
        }
    }

    private DecodeCheck.Seen decode(
            DecoderCommand command,
            Address address,
            Optional<Pin> pin,
            Source.Transport transport,
            DecoderCommand.Supply supply,
            Deadline deadline,
            Deadline whole)
            throws IOException {
        ChildProcesses held =
                processes
                        .get()
                        .orElseThrow(
                                () -> new IOException("the part processes is away: try again"));
        String name = "test-" + trials.incrementAndGet();
        return DecodeCheck.run(
                held, command.spec(name, address, pin, transport, true, supply), deadline, whole);
    }
}
