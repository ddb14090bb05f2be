package io.visionops.ingest.internal.tamper;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How a camera compresses; what codecs do to noise and to pictures that stand still differs. */
enum Encoding {
    /** Constant quality, a key frame each 4 s. */
    GOOD("libopenh264", List.of("-rc_mode", "off", "-qmin", "28", "-qmax", "28", "-g", "20")),
    /** 256 kbit/s, as over a poor line. */
    POOR(
            "libopenh264",
            List.of("-rc_mode", "bitrate", "-b:v", "256k", "-allow_skip_frames", "0", "-g", "20")),
    /** The encoder that most recordings are made with, with a key frame each 10 s. */
    X264("libx264", List.of("-crf", "28", "-preset", "veryfast", "-g", "50")),
    X264_POOR(
            "libx264",
            List.of("-b:v", "256k", "-maxrate", "256k", "-bufsize", "512k", "-preset", "veryfast"));

    private final String codec;
    private final List<String> options;

    Encoding(String codec, List<String> options) {
        this.codec = codec;
        this.options = options;
    }

    String codec() {
        return codec;
    }

    List<String> options() {
        return options;
    }

    /** Debian's ffmpeg, for encoders that the bundled one has not. */
    static final Path DEBIAN = Path.of("/usr/bin/ffmpeg");

    boolean isBundled() {
        return codec.equals("libopenh264");
    }

    boolean isThere() {
        return isBundled() || Files.isExecutable(DEBIAN);
    }
}
