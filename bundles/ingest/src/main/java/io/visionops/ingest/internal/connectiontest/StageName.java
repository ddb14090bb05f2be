package io.visionops.ingest.internal.connectiontest;

import io.visionops.ingest.internal.config.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What has to go well, one after the other. */
enum StageName {
    /** The address is one, and what it names on this computer is there. */
    ADDRESS,
    /** The name server knows the host. */
    NAME,
    /** The host accepts connections at the port. */
    TCP,
    /** The connection can be made secure. */
    TLS,
    /** What answers there speaks RTSP. */
    RTSP,
    /** What answers there speaks HTTP. */
    HTTP,
    /** It accepts the login, or wants none. */
    LOGIN,
    /** The path is that of a stream with pictures. */
    STREAM,
    /** The decoder knows how they are encoded. */
    CODEC,
    /** A whole picture comes. */
    FRAME,
    /** As many come as are to be analysed. */
    RATE;

    static List<StageName> of(Address address) {
        List<StageName> names = new ArrayList<>(List.of(ADDRESS));
        Address.Scheme scheme = address.scheme();
        if (scheme.isNetwork()) {
            names.addAll(List.of(NAME, TCP));
            if (scheme == Address.Scheme.RTSPS || scheme == Address.Scheme.HTTPS) {
                names.add(TLS);
            }
            names.addAll(List.of(scheme.isRtsp() ? RTSP : HTTP, LOGIN, STREAM));
        }
        names.addAll(List.of(CODEC, FRAME, RATE));
        return names;
    }

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
