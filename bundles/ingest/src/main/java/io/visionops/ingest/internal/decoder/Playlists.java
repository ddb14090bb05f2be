package io.visionops.ingest.internal.decoder;

import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.ingest.internal.config.Address;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Playlists that come from addresses that do not say so. Stateless. */
public final class Playlists {

    /** ffmpeg knows such a list by its content type, which is kept from it (ADR 59). */
    private static final Map<String, String> TYPES =
            Map.of(
                    "application/vnd.apple.mpegurl", "hls",
                    "application/x-mpegurl", "hls",
                    "audio/mpegurl", "hls",
                    "audio/x-mpegurl", "hls",
                    "application/dash+xml", "dash");

    private Playlists() {}

    /**
     * @param contentType as a web camera says it
     */
    public static Optional<Fault> refused(Address address, String contentType) {
        String type = contentType.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        return InputPolicy.isPlaylist(address)
                ? Optional.empty()
                : Optional.ofNullable(TYPES.get(type))
                        .map(name -> new Fault(Cause.CODEC, words(name)));
    }

    static String words(String name) {
        return "a playlist ("
                + name
                + ") instead of video: only what ends in .m3u8 or .mpd is read as one";
    }
}
