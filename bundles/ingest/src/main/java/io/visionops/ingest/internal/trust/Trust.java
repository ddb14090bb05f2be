package io.visionops.ingest.internal.trust;

import io.visionops.api.camera.CameraIdentity;
import io.visionops.api.camera.CameraTrust;
import io.visionops.api.camera.Fault;
import io.visionops.api.time.Ticker;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.decoder.Pin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether one camera is still the one that it was: trust on first use. Before a decoder gets the
 * address with the password, the camera is asked without it; the password goes to no camera that
 * wants it in a weaker way than at its first success, and to none that has another certificate.
 * Thread-safe.
 */
public final class Trust implements Remembered {

    private static final Logger LOG = LoggerFactory.getLogger(Trust.class);

    private static final Pattern NUMERIC = Pattern.compile("[0-9.]+|.*:.*");

    private final String camera;
    private final List<Address> addresses;
    private final TrustStore store;
    private final IdentityProbe probe;
    private final Clock clock;

    /** By endpoint. */
    private final Map<String, Shown> refused = new ConcurrentHashMap<>();

    /**
     * @param addresses all that the camera has
     */
    public Trust(
            String camera, List<Address> addresses, TrustStore store, Ticker ticker, Clock clock) {
        this.camera = camera;
        this.addresses = addresses;
        this.store = store;
        this.probe = new IdentityProbe(ticker);
        this.clock = clock;
    }

    /** Whether there is something to lose: a password, or a certificate that could be another. */
    public static boolean isNeeded(Address address) {
        boolean login = address.scheme().isNetwork() && !address.login().isEmpty();
        return login || IdentityProbe.isSecure(address);
    }

    /**
     * Asks the camera what it wants; takes as long as it takes, five seconds at most.
     *
     * @throws Mistrusted when it is to be given nothing
     * @throws IOException when what is remembered cannot be read
     */
    public Clearance clear(Address address) throws Mistrusted, IOException {
        if (!isNeeded(address)) {
            return Clearance.plain(address);
        }
        String endpoint = endpoint(address);
        Optional<Shown> known = Optional.ofNullable(store.load(camera).get(endpoint));
        Shown shown;
        try {
            Optional<CameraIdentity> before = known.map(Shown::identity);
            shown = probe.of(address, one -> Comparison.certificate(before, one).isEmpty());
        } catch (IdentityProbe.Inconclusive e) {
            if (known.isPresent()) {
                throw new Mistrusted(e.fault());
            }
            // A decoder may understand it all the same.
            return Clearance.plain(address);
        }
        if (known.isEmpty()) {
            return new Clearance(address, Optional.empty(), Optional.of(shown));
        }
        return compared(address, endpoint, known.get(), shown);
    }

    private Clearance compared(Address address, String endpoint, Shown known, Shown now)
            throws Mistrusted, IOException {
        Optional<CameraIdentity> before = Optional.of(known.identity());
        refuse(
                now.certificate().flatMap(one -> Comparison.certificate(before, one)),
                endpoint,
                now.with(known.login()));
        refuse(Comparison.login(before, now.login()), endpoint, now);
        refused.remove(endpoint);
        if (!known.certificate().equals(now.certificate())) {
            // Renewed with the same key; the decoder is held to the file.
            store.put(camera, endpoint, now.with(known.login()), endpoints());
        }
        boolean dropped = Comparison.isDropped(before, now.login());
        return new Clearance(
                dropped ? address.withoutLogin() : address,
                now.certificate().flatMap(one -> pin(address, one)),
                dropped ? Optional.empty() : Optional.of(now));
    }

    private void refuse(Optional<Fault> fault, String endpoint, Shown now) throws Mistrusted {
        if (fault.isPresent()) {
            refused.put(endpoint, now);
            throw new Mistrusted(fault.get());
        }
    }

    /** A decoder that was given this has yielded a frame: what was shown is remembered. */
    public void succeeded(Address address, Clearance clearance) {
        if (clearance.shown().isEmpty()) {
            return;
        }
        String endpoint = endpoint(address);
        try {
            remember(endpoint, clearance.shown().get());
        } catch (IOException e) {
            LOG.warn(
                    "camera {}: its login and certificate cannot be remembered: {}",
                    camera,
                    e.toString());
        }
    }

    private void remember(String endpoint, Shown shown) throws IOException {
        Shown known = store.load(camera).get(endpoint);
        if (shown.equals(known)) {
            return;
        }
        store.put(camera, endpoint, shown, endpoints());
        LOG.info(
                "camera {}: remembered of {}: {}{}",
                camera,
                endpoint,
                shown.login().words(),
                shown.fingerprint().map(one -> ", certificate with public key " + one).orElse(""));
    }

    @Override
    public Optional<CameraIdentity> identity(Address address) {
        return remembered(address).map(Shown::identity);
    }

    /** Empty for none and for those that a decoder's library would not take (ADR 48). */
    @Override
    public Optional<Pin> pin(Address address) {
        return remembered(address).flatMap(Shown::certificate).flatMap(one -> pin(address, one));
    }

    private Optional<Shown> remembered(Address address) {
        try {
            return Optional.ofNullable(store.load(camera).get(endpoint(address)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Pin> pin(Address address, X509Certificate certificate) {
        return Certificates.isVerifiable(certificate, clock.instant())
                ? pinOnceVerified(address, certificate)
                : Optional.empty();
    }

    private Optional<Pin> pinOnceVerified(Address address, X509Certificate certificate) {
        if (NUMERIC.matcher(address.host()).matches()) {
            return Optional.of(new Pin(store.file(camera), Optional.empty()));
        }
        return Certificates.name(certificate)
                .map(name -> new Pin(store.file(camera), Optional.of(name)));
    }

    /** All that a decoder may have been given for this address by a predecessor of ours. */
    public List<Clearance> possible(Address address) {
        Optional<Pin> pin =
                remembered(address)
                        .flatMap(Shown::certificate)
                        .flatMap(one -> pinOnceVerified(address, one));
        List<Clearance> all = new ArrayList<>();
        for (Address one : List.of(address, address.withoutLogin())) {
            all.add(Clearance.plain(one));
            pin.ifPresent(held -> all.add(new Clearance(one, pin, Optional.empty())));
        }
        return all;
    }

    /**
     * Of all addresses that need it, in their order.
     *
     * @throws UncheckedIOException when what is remembered cannot be read
     */
    public List<CameraTrust> list() {
        try {
            Map<String, Shown> known = store.load(camera);
            return endpointsInOrder().stream()
                    .map(
                            one ->
                                    new CameraTrust(
                                            one,
                                            Optional.ofNullable(known.get(one))
                                                    .map(Shown::identity),
                                            Optional.ofNullable(refused.get(one))
                                                    .map(Shown::identity)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What was refused is right.
     *
     * @return false when nothing was
     * @throws UncheckedIOException when it cannot be remembered
     */
    public boolean accept() {
        boolean any = false;
        for (Map.Entry<String, Shown> one : refused.entrySet()) {
            try {
                remember(one.getKey(), one.getValue());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            any |= refused.remove(one.getKey(), one.getValue());
        }
        return any;
    }

    private Set<String> endpoints() {
        return new TreeSet<>(endpointsInOrder());
    }

    private List<String> endpointsInOrder() {
        return addresses.stream().filter(Trust::isNeeded).map(Trust::endpoint).distinct().toList();
    }

    private static String endpoint(Address address) {
        return address.scheme().word() + "://" + address.authority();
    }
}
