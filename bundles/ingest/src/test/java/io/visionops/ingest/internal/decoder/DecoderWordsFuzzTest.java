package io.visionops.ingest.internal.decoder;

import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.config.InvalidSetting;
import io.visionops.testkit.HostileText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a decoder prints, reading it ends soon, and as it should. */
class DecoderWordsFuzzTest {

    /** As many lines, and characters of one, as are kept. */
    private static final int LINES = 100;

    private static final int CHARACTERS = 1000;

    private static final List<String> PIECES =
            List.of(
                    "[",
                    "] ",
                    "[]",
                    "[h264 @ 0x1] ",
                    "[error] ",
                    "://",
                    "@",
                    "pass=",
                    "_",
                    "=",
                    " ",
                    "a",
                    "1",
                    "Decoder ",
                    "method ",
                    "failed:",
                    "Picture size ",
                    "1x1",
                    "Protocol '",
                    "size= ",
                    "KiB ",
                    "elapsed=",
                    "401",
                    "TLS",
                    "frame=",
                    "\u00e9");

    private static final List<String> PROPER =
            List.of(
                    "[rtsp @ 0x55db4653e200] [error] method DESCRIBE failed: 401 Unauthorized",
                    "[hls @ 0x1] [error] Format not on whitelist 'mpjpeg,mjpeg'",
                    "[mjpeg @ 0x1] [IMGUTILS @ 0x2] [error] Picture size 16000x16000 exceeds x",
                    "frame=1 size= 12KiB time=00:00:01.00 elapsed=0:00:01.00",
                    "rtsp://user:pass@h/user=a_password=b_channel=1",
                    "YUV4MPEG2 W640 H360 F25:1 Ip A1:1 C420jpeg\n");

    @Provide
    Arbitrary<String> lines() {
        return HostileText.of(CHARACTERS, PIECES, PROPER);
    }

    @Provide
    Arbitrary<String> texts() {
        return HostileText.of(60_000, PIECES, PROPER);
    }

    @Property(tries = 1000)
    void itsWordsAreExplained(@ForAll("lines") String line) {
        List<String> lines = Collections.nCopies(LINES, line);
        Fault silence = new Fault(Cause.TIMEOUT, "");
        HostileText.read(() -> FfmpegErrorClassifier.of(1, lines, false));
        HostileText.read(() -> FfmpegErrorClassifier.of(1, lines, true));
        HostileText.read(() -> FfmpegErrorClassifier.ofSilence(silence, lines, false));
        HostileText.read(() -> StreamProgress.of(line));
    }

    @Property(tries = 2000)
    void anythingIsMaskedAndReadAsAnAddressOrAsAStream(@ForAll("texts") String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        HostileText.read(() -> Address.mask(text));
        HostileText.read(() -> Address.parse("url", text).secrets(), InvalidSetting.class);
        HostileText.read(
                () -> Address.parse("url", "rtsp://" + text).masked(), InvalidSetting.class);
        HostileText.read(
                () -> new FrameStream(new ByteArrayInputStream(bytes)).size(), IOException.class);
    }
}
