package io.visionops.ingest.internal.config;

import io.visionops.api.camera.FileStart;
import io.visionops.api.camera.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads where a camera's pictures come from: its addresses, and how they are read. */
final class SourceReader {

    /**
     * Between two addresses; a comma within one is left alone. Possessive: no run is read twice.
     */
    private static final Pattern BETWEEN_URLS =
            Pattern.compile("(?<!\\s)(?=[,\\s])\\s*+(?:,\\s*+)?+(?=[a-zA-Z0-9]++:/)");

    private final Keys keys;
    private final ValueReader values;

    SourceReader(Keys keys) {
        this.keys = keys;
        this.values = new ValueReader(keys);
    }

    Source read() throws InvalidSetting {
        String url = keys.take("url").orElse("");
        if (url.isEmpty()) {
            throw new InvalidSetting(
                    "url is missing: must be rtsp://HOST/..., rtsps://, http://, https://,"
                            + " file:/PATH or v4l2:/dev/videoN");
        }
        Address address = Address.parse("url", url);
        Source.Pace pace = values.choice("pace", Source.Pace.NATIVE, Source.Pace.values());
        boolean loop = values.flag("loop", false);
        Source.Transport transport =
                values.choice("transport", Source.Transport.TCP, Source.Transport.values());
        Optional<String> start = keys.take("file.start");
        boolean file = address.scheme() == Address.Scheme.FILE;
        if (pace == Source.Pace.ASAP && !file) {
            throw new InvalidSetting(
                    "pace = asap: only a file: address can be read so; must be native");
        }
        if (loop && !file) {
            throw new InvalidSetting(
                    "loop = true: only a file: address can start again; must be false");
        }
        if (transport == Source.Transport.UDP && !address.scheme().isRtsp()) {
            throw new InvalidSetting("transport = udp: only rtsp:// can use it; must be tcp");
        }
        if (start.isPresent() && pace != Source.Pace.ASAP) {
            throw InvalidSetting.value(
                    "file.start",
                    start.get(),
                    "only a film that is read with pace = asap has a time of its own; must be"
                            + " absent");
        }
        Optional<FileStart> fileStart =
                start.isEmpty()
                        ? Optional.empty()
                        : Optional.of(FilmDates.parse("file.start", start.get()));
        return new Source(
                address.url(), fallbacks(address.url()), pace, loop, transport, fileStart);
    }

    private List<String> fallbacks(String url) throws InvalidSetting {
        String text = keys.take("fallback.urls").orElse("");
        List<String> urls = new ArrayList<>();
        if (text.isEmpty()) {
            return urls;
        }
        for (String written : BETWEEN_URLS.split(text)) {
            String one = Address.parse("fallback.urls", written).url();
            if (one.equals(url) || urls.contains(one)) {
                throw InvalidSetting.value("fallback.urls", one, "is named twice");
            }
            urls.add(one);
        }
        return urls;
    }
}
