package io.visionops.ingest.internal.connect;

import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.Source.Transport;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.decoder.FfmpegErrorClassifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The ways to a camera and which of them is next: its addresses in turn, and for each the transport
 * that works. When an RTSP address fails {@link #DOUBTS} times in a row in a way that the transport
 * may be the reason of, the other one is tried once; what yields frames is kept. Immutable.
 *
 * @param current index of the way to try next, or in use
 */
public record EndpointSelector(int current, List<Way> ways) {

    public static final Fault BABBLE =
            new Fault(Cause.TIMEOUT, "the camera talks, but answers not even a simple question");

    static final int DOUBTS = 3;

    /** The server's own word for it. */
    private static final Pattern OTHER_WANTED = Pattern.compile("\\b461\\b|[Tt]ransport");

    /**
     * The way to one address.
     *
     * @param usual what has worked, at first what is configured
     * @param transport to try next, or in use
     * @param choice whether there is one
     * @param doubts failures in a row that the transport may be the reason of
     */
    public record Way(Transport usual, Transport transport, boolean choice, int doubts) {

        private Way failed(Fault fault) {
            if (!choice || transport == usual && !mayLieInTransport(fault)) {
                return this;
            }
            if (transport != usual) {
                return new Way(usual, usual, true, 0);
            }
            int more = wantsOther(fault) ? DOUBTS : doubts + 1;
            return more < DOUBTS
                    ? new Way(usual, usual, true, more)
                    : new Way(usual, other(usual), true, 0);
        }

        private Way worked() {
            return new Way(transport, transport, choice, 0);
        }
    }

    public EndpointSelector {
        ways = List.copyOf(ways);
    }

    public static EndpointSelector of(List<Address> addresses, Transport configured) {
        List<Way> ways = new ArrayList<>();
        for (Address address : addresses) {
            ways.add(new Way(configured, configured, address.scheme().isRtsp(), 0));
        }
        return new EndpointSelector(0, ways);
    }

    private static Transport other(Transport one) {
        return one == Transport.TCP ? Transport.UDP : Transport.TCP;
    }

    private static boolean wantsOther(Fault fault) {
        return OTHER_WANTED.matcher(fault.detail()).find();
    }

    private static boolean mayLieInTransport(Fault fault) {
        Cause cause = fault.cause();
        boolean late =
                cause == Cause.TIMEOUT || cause == Cause.END_OF_STREAM || cause == Cause.CODEC;
        if (fault.equals(BABBLE)) {
            return false;
        }
        // Without a connection no transport has come into play.
        return wantsOther(fault)
                || late && !fault.detail().equals(FfmpegErrorClassifier.NOT_CONNECTED);
    }

    public Endpoint endpoint() {
        return endpoint(current);
    }

    public Endpoint endpoint(int address) {
        return new Endpoint(address, ways.get(address).transport());
    }

    /** The present way failed; the next address is next. */
    public EndpointSelector failed(Fault fault) {
        return with(current, ways.get(current).failed(fault)).at((current + 1) % ways.size());
    }

    /** Frames came by this route for a stable stretch. */
    public EndpointSelector worked(Endpoint endpoint) {
        Way way = ways.get(endpoint.address());
        Way used = new Way(way.usual(), endpoint.transport(), way.choice(), way.doubts());
        return with(endpoint.address(), used.worked()).at(endpoint.address());
    }

    /**
     * What is to be said of a failure. A transport that is tried because the usual one failed fails
     * for reasons of its own: the camera's trouble is what the usual one met. Unless that was a
     * word about the transport: then this one is the way.
     *
     * @param before what the way before met
     */
    public Fault told(Optional<Fault> before, Fault now) {
        Way way = ways.get(current);
        return way.transport() == way.usual()
                ? now
                : before.filter(fault -> !wantsOther(fault)).orElse(now);
    }

    /** Whether the camera has refused the transport that was tried because the usual one failed. */
    public boolean isRefused(Fault fault) {
        Way way = ways.get(current);
        return way.transport() != way.usual() && wantsOther(fault);
    }

    public EndpointSelector at(int address) {
        return new EndpointSelector(address, ways);
    }

    private EndpointSelector with(int index, Way way) {
        List<Way> changed = new ArrayList<>(ways);
        changed.set(index, way);
        return new EndpointSelector(current, changed);
    }
}
