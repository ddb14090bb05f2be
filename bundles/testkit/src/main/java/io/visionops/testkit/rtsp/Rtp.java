package io.visionops.testkit.rtsp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Puts pictures into RTP packets (RFC 3550; H.264 by RFC 6184, MPEG-4 by RFC 6416), interleaved
 * with RTSP on one connection. Not thread-safe.
 */
final class Rtp {

    private static final int LARGEST = 1400;
    private static final int PAYLOAD_TYPE = 96;
    private static final int SOURCE = 0x5eed;
    private static final int FRAGMENT = 28;

    private int sequence;

    /** All packets of a picture, as they go over the wire. */
    byte[] packets(Video.Codec codec, Video.Picture picture, long timestamp) {
        return wire(payloads(codec, picture), timestamp, true);
    }

    /** The first packet alone, as if the rest had been lost. */
    byte[] beginning(Video.Codec codec, Video.Picture picture, long timestamp) {
        List<byte[]> all = payloads(codec, picture);
        byte[] first = all.get(0);
        return wire(List.of(Arrays.copyOf(first, Math.min(first.length, 40))), timestamp, false);
    }

    private static List<byte[]> payloads(Video.Codec codec, Video.Picture picture) {
        if (codec != Video.Codec.H264) {
            return chunks(picture.bytes(), 0, LARGEST);
        }
        List<byte[]> payloads = new ArrayList<>();
        for (byte[] unit : picture.units()) {
            if (unit.length <= LARGEST) {
                payloads.add(unit);
            } else {
                payloads.addAll(fragments(unit));
            }
        }
        return payloads;
    }

    private static List<byte[]> fragments(byte[] unit) {
        List<byte[]> fragments = new ArrayList<>();
        List<byte[]> chunks = chunks(unit, 1, LARGEST - 2);
        for (int i = 0; i < chunks.size(); i++) {
            byte[] chunk = chunks.get(i);
            int start = i == 0 ? 0x80 : 0;
            int end = i == chunks.size() - 1 ? 0x40 : 0;
            byte[] fragment = new byte[chunk.length + 2];
            fragment[0] = (byte) ((unit[0] & 0xe0) | FRAGMENT);
            fragment[1] = (byte) (start | end | (unit[0] & 0x1f));
            System.arraycopy(chunk, 0, fragment, 2, chunk.length);
            fragments.add(fragment);
        }
        return fragments;
    }

    private static List<byte[]> chunks(byte[] data, int from, int size) {
        List<byte[]> chunks = new ArrayList<>();
        for (int at = from; at < data.length; at += size) {
            chunks.add(Arrays.copyOfRange(data, at, Math.min(data.length, at + size)));
        }
        return chunks;
    }

    private byte[] wire(List<byte[]> payloads, long timestamp, boolean whole) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < payloads.size(); i++) {
            byte[] payload = payloads.get(i);
            boolean marker = whole && i == payloads.size() - 1;
            ByteBuffer head = ByteBuffer.allocate(16);
            head.put((byte) '$').put((byte) 0).putShort((short) (12 + payload.length));
            head.put((byte) 0x80).put((byte) ((marker ? 0x80 : 0) | PAYLOAD_TYPE));
            head.putShort((short) sequence++).putInt((int) timestamp).putInt(SOURCE);
            out.writeBytes(head.array());
            out.writeBytes(payload);
        }
        return out.toByteArray();
    }
}
