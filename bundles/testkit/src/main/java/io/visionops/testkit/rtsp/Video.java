package io.visionops.testkit.rtsp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Encoded pictures, ready to be sent.
 *
 * @param fps pictures a second
 * @param pictures in order; the first is a key frame
 */
public record Video(Codec codec, int fps, List<Picture> pictures) {

    /** How pictures are encoded, and named in a description. */
    public enum Codec {
        H264("H264"),
        MPEG4("MP4V-ES"),
        /** For HTTP alone. */
        JPEG("JPEG");

        private final String encoding;

        Codec(String encoding) {
            this.encoding = encoding;
        }

        String encoding() {
            return encoding;
        }
    }

    /**
     * One picture.
     *
     * @param units what belongs to it, without start codes in H.264
     */
    public record Picture(List<byte[]> units, boolean key) {

        byte[] bytes() {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            units.forEach(all::writeBytes);
            return all.toByteArray();
        }
    }

    private static final int SPS = 7;
    private static final int PPS = 8;
    private static final int IDR = 5;
    private static final int VOP = 0xb6;

    public Video {
        pictures = List.copyOf(pictures);
        if (pictures.isEmpty() || !pictures.get(0).key()) {
            throw new IllegalArgumentException("a video begins with a key frame");
        }
    }

    /**
     * H.264 alone, with start codes ("Annex B").
     *
     * @throws IOException when it cannot be read
     */
    public static Video h264(Path file, int fps) throws IOException {
        List<Picture> pictures = new ArrayList<>();
        List<byte[]> units = new ArrayList<>();
        boolean coded = false;
        for (byte[] raw : split(Files.readAllBytes(file), 0, 0, 1)) {
            byte[] unit = Arrays.copyOfRange(raw, 3, endWithoutZeros(raw));
            int type = unit[0] & 31;
            boolean slice = type == 1 || type == IDR;
            boolean firstSlice = slice && (unit[1] & 0x80) != 0;
            if (coded && (firstSlice || !slice)) {
                pictures.add(h264Picture(units));
                units = new ArrayList<>();
                coded = false;
            }
            units.add(unit);
            coded |= slice;
        }
        pictures.add(h264Picture(units));
        return new Video(Codec.H264, fps, pictures);
    }

    private static Picture h264Picture(List<byte[]> units) {
        return new Picture(
                List.copyOf(units), units.stream().anyMatch(unit -> (unit[0] & 31) == IDR));
    }

    /**
     * MPEG-4 part 2 alone.
     *
     * @throws IOException when it cannot be read
     */
    public static Video mpeg4(Path file, int fps) throws IOException {
        List<Picture> pictures = new ArrayList<>();
        ByteArrayOutputStream picture = new ByteArrayOutputStream();
        for (byte[] part : split(Files.readAllBytes(file), 0, 0, 1)) {
            picture.writeBytes(part);
            if (part.length > 4 && (part[3] & 0xff) == VOP) {
                boolean key = (part[4] & 0xc0) == 0;
                pictures.add(new Picture(List.of(picture.toByteArray()), key));
                picture.reset();
            }
        }
        return new Video(Codec.MPEG4, fps, pictures);
    }

    /**
     * JPEG pictures one after the other.
     *
     * @throws IOException when it cannot be read
     */
    public static Video jpeg(Path file, int fps) throws IOException {
        List<Picture> pictures = new ArrayList<>();
        for (byte[] picture : split(Files.readAllBytes(file), 0xff, 0xd8, 0xff)) {
            pictures.add(new Picture(List.of(picture), true));
        }
        return new Video(Codec.JPEG, fps, pictures);
    }

    /** Cuts before each three bytes. */
    private static List<byte[]> split(byte[] data, int first, int second, int third) {
        List<byte[]> parts = new ArrayList<>();
        int from = -1;
        for (int i = 0; i + 3 < data.length; i++) {
            if ((data[i] & 0xff) == first
                    && (data[i + 1] & 0xff) == second
                    && (data[i + 2] & 0xff) == third) {
                if (from >= 0) {
                    parts.add(Arrays.copyOfRange(data, from, i));
                }
                from = i;
                i += 2;
            }
        }
        if (from >= 0) {
            parts.add(Arrays.copyOfRange(data, from, data.length));
        }
        return parts;
    }

    /** A start code may have four bytes, whose first then ends up here. */
    private static int endWithoutZeros(byte[] unit) {
        int end = unit.length;
        while (end > 4 && unit[end - 1] == 0) {
            end--;
        }
        return end;
    }

    /** The lines of a description that belong to this video. */
    String description() {
        String parameters =
                codec == Codec.H264
                        ? "packetization-mode=1;sprop-parameter-sets=%s,%s"
                                .formatted(base64(parameterSet(SPS)), base64(parameterSet(PPS)))
                        : "profile-level-id=1;config=" + HexFormat.of().formatHex(header());
        return """
                m=video 0 RTP/AVP 96
                a=rtpmap:96 %s/90000
                a=fmtp:96 %s
                a=framerate:%s
                a=control:track0
                """
                .formatted(codec.encoding(), parameters, fps);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private byte[] parameterSet(int type) {
        return pictures.get(0).units().stream()
                .filter(unit -> (unit[0] & 31) == type)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no parameter set " + type));
    }

    /** What of an MPEG-4 stream precedes its first picture. */
    private byte[] header() {
        byte[] first = pictures.get(0).bytes();
        for (int i = 0; i + 3 < first.length; i++) {
            if (first[i] == 0
                    && first[i + 1] == 0
                    && first[i + 2] == 1
                    && (first[i + 3] & 0xff) == VOP) {
                return Arrays.copyOf(first, i);
            }
        }
        return new byte[0];
    }
}
