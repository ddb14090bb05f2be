package io.visionops.ingest.internal.decoder;

import io.visionops.api.camera.Source;
import io.visionops.api.child.ChildSpec;
import io.visionops.ingest.internal.config.Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How the decoder is called. Rate before scale, one thread, planar YUV: the cheapest of the ways
 * that were measured. Frames are only ever dropped, never doubled: a camera whose clock jumps or
 * that is slower than the set rate yields what it has; a file that is read {@code asap} has an even
 * rate, because its times are counted from it.
 *
 * <p>Of a stream from the network a copy goes nowhere first: its size is what the decoder tells of
 * every ten seconds (ADR 32). Its times are made up, so that nobody complains of those of the
 * camera, and it is written as pictures, since all else asks for a size that may not be known yet.
 *
 * <p>Addresses of the network go to standard input, as a playlist of one entry: the command line of
 * a process is everybody's to read. What may be opened for them stands there too, since the
 * playlist itself needs more ({@link InputPolicy}).
 *
 * @param fps frames a second, at most
 * @param width of the pictures in pixels, even
 */
public record DecoderCommand(
        DecoderProgram program, Source source, int fps, int width, String logLevel) {

    /** Told on standard error, as a line that the next one writes over. */
    private static final List<String> TOLD = List.of("-stats", "-stats_period", "10");

    private static final String HEAD = "ffconcat version 1.0\n";

    private static final List<String> MEASURED =
            List.of("-map 0:v:0 -c copy -bsf:v setts=ts=N -f image2pipe -y /dev/null".split(" "));

    private static final String SOCKET_TIMEOUT_MICROS = "5000000";

    /** Bytes after which a format is guessed: a stream of JPEGs is never sure to be one. */
    private static final String GUESSED_AFTER = "65536";

    /** How the pictures of an address come. */
    public enum Supply {
        /** One after the other, for as long as we listen. */
        STREAM,
        /** One for each request. */
        SNAPSHOTS
    }

    /** Pictures a second that are asked for one by one. */
    public static final int SNAPSHOTS_PER_SECOND = 1;

    /** A minute. */
    private static final int SNAPSHOTS_IN_LIST = 60;

    /** Characters; less than the 64 kB that a pipe holds. */
    private static final int LONGEST_LIST = 48 * 1024;

    /** Files on a web server and segmented streams come in bursts: their own times hold. */
    private static final List<String> RECORDED =
            List.of(".m3u8", ".mp4", ".mkv", ".mov", ".avi", ".webm", ".mpd");

    public DecoderCommand(DecoderProgram program, Source source, int fps, int width) {
        this(program, source, fps, width, "warning");
    }

    /**
     * @param name of the child
     * @param address one of the source's
     * @param transport of RTSP
     * @param everything or key frames alone
     */
    public ChildSpec spec(
            String name, Address address, Source.Transport transport, boolean everything) {
        return spec(name, address, Optional.empty(), transport, everything, Supply.STREAM);
    }

    /**
     * @param name of the child
     * @param address one of the source's
     * @param pin the certificate that its camera must have
     * @param transport of RTSP
     * @param everything or key frames alone
     * @param supply of HTTP
     */
    public ChildSpec spec(
            String name,
            Address address,
            Optional<Pin> pin,
            Source.Transport transport,
            boolean everything,
            Supply supply) {
        List<String> command = new ArrayList<>();
        command.add(program.path().toString());
        boolean network = address.scheme().isNetwork();
        command.addAll(List.of("-nostdin", "-hide_banner"));
        command.addAll(network ? TOLD : List.of("-nostats"));
        command.addAll(List.of("-loglevel", "level+" + logLevel));
        command.addAll(List.of("-threads", "1"));
        command.addAll(InputPolicy.limits());
        if (!everything) {
            command.addAll(List.of("-skip_frame", "nokey"));
        }
        String input = "";
        if (network) {
            boolean snapshots = supply == Supply.SNAPSHOTS;
            input = snapshots ? snapshots(address, pin) : playlist(address, pin, transport);
            if (snapshots || isRecorded(address)) {
                command.add("-re");
            }
            if (snapshots) {
                command.addAll(List.of("-stream_loop", "-1"));
            }
            command.addAll(List.of("-f", "concat", "-safe", "0"));
            command.addAll(List.of("-protocol_whitelist", "pipe", "-i", "pipe:0"));
            command.addAll(MEASURED);
        } else {
            command.addAll(local(address));
        }
        command.addAll(List.of("-an", "-sn", "-dn", "-map", "0:v:0"));
        command.addAll(List.of("-filter_threads", "1", "-vf", rate() + "," + scale()));
        command.addAll(List.of("-fps_mode", "passthrough", "-pix_fmt", "yuv420p"));
        command.addAll(List.of("-f", "yuv4mpegpipe", "pipe:1"));
        return new ChildSpec(
                name, command, program.environment(), program.folder(), input, address.secrets());
    }

    /** Lets it tell what a file is, and nothing more. */
    public ChildSpec description(String name, Address file) {
        List<String> command = new ArrayList<>();
        command.add(program.path().toString());
        command.addAll(List.of("-nostdin", "-hide_banner", "-loglevel", "level+info"));
        command.addAll(InputPolicy.limits());
        InputPolicy.of(file)
                .options()
                .forEach((key, value) -> command.addAll(List.of("-" + key, value)));
        command.addAll(List.of("-i", "file:" + file.path()));
        return new ChildSpec(
                name, command, program.environment(), program.folder(), "", file.secrets());
    }

    private List<String> local(Address address) {
        List<String> options = new ArrayList<>();
        InputPolicy.of(address)
                .options()
                .forEach((key, value) -> options.addAll(List.of("-" + key, value)));
        if (address.scheme() == Address.Scheme.V4L2) {
            options.addAll(List.of("-f", "v4l2", "-i", address.path()));
            return options;
        }
        if (source.pace() == Source.Pace.NATIVE) {
            options.add("-re");
        }
        if (source.loop()) {
            options.addAll(List.of("-stream_loop", "-1"));
        }
        options.addAll(List.of("-i", "file:" + address.path()));
        return options;
    }

    private String rate() {
        if (source.pace() == Source.Pace.ASAP) {
            return "fps=" + fps;
        }
        // The first frame in each slot of time. The hundredth keeps frames that lie exactly on a
        // border on their side of it.
        String slot = "floor(%s*" + fps + "+0.01)";
        return String.format(
                Locale.ROOT,
                "select='not(eq(%s,%s))'",
                String.format(Locale.ROOT, slot, "t"),
                String.format(Locale.ROOT, slot, "prev_t"));
    }

    private String scale() {
        return "scale=" + width + ":-2:flags=fast_bilinear";
    }

    private String playlist(Address address, Optional<Pin> pin, Source.Transport transport) {
        Map<String, String> options = new LinkedHashMap<>(InputPolicy.of(address).options());
        options.put("fpsprobesize", "0");
        if (address.scheme().isRtsp()) {
            options.put("rtsp_transport", transport.name().toLowerCase(Locale.ROOT));
            options.put("timeout", SOCKET_TIMEOUT_MICROS);
            options.put("allowed_media_types", "video");
        } else {
            options.put("rw_timeout", SOCKET_TIMEOUT_MICROS);
            if (!isRecorded(address)) {
                options.put("use_wallclock_as_timestamps", "1");
                options.put("formatprobesize", GUESSED_AFTER);
            }
        }
        pin.ifPresent(one -> hold(options, one));
        return HEAD + entry(address, options);
    }

    /**
     * The same address again and again, at the pace of the durations; with one entry alone nothing
     * would be opened anew. Where the first entry of a repetition cannot be opened ffmpeg 8.0.1
     * ends by signal 11, so a repetition is long.
     */
    private String snapshots(Address address, Optional<Pin> pin) {
        Map<String, String> options = new LinkedHashMap<>(InputPolicy.of(address).options());
        options.put("rw_timeout", SOCKET_TIMEOUT_MICROS);
        pin.ifPresent(one -> hold(options, one));
        String one = entry(address, options) + "duration " + 1.0 / SNAPSHOTS_PER_SECOND + "\n";
        int entries = Math.min(SNAPSHOTS_IN_LIST, LONGEST_LIST / one.length());
        return HEAD + one.repeat(Math.max(2, entries));
    }

    private static String entry(Address address, Map<String, String> options) {
        StringBuilder script = new StringBuilder("file ");
        script.append(quoted(opened(address))).append('\n');
        options.forEach(
                (key, value) ->
                        script.append("option ")
                                .append(key)
                                .append(' ')
                                .append(value)
                                .append('\n'));
        return script.toString();
    }

    private static void hold(Map<String, String> options, Pin pin) {
        options.put("tls_verify", "1");
        options.put("ca_file", quoted(pin.file().toAbsolutePath().toString()));
        pin.host().ifPresent(name -> options.put("verifyhost", quoted(name)));
    }

    /**
     * A stream of the web goes through a protocol that keeps its content type from ffmpeg: small
     * boards say multipart and begin without a boundary, which is no multipart to ffmpeg then. What
     * it looks like decides.
     */
    private static String opened(Address address) {
        boolean web = address.scheme().isHttp() && !isRecorded(address);
        return web ? "async:" + address.url() : address.url();
    }

    private static boolean isRecorded(Address address) {
        String plain = InputPolicy.withoutQuery(address.path()).toLowerCase(Locale.ROOT);
        return address.scheme().isHttp() && RECORDED.stream().anyMatch(plain::endsWith);
    }

    /** FFmpeg's quoting: nothing is special within single quotes but the quote itself. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
