package io.visionops.testkit.rtsp;

import io.visionops.testkit.rtsp.Video.Codec;
import io.visionops.testkit.rtsp.Video.Picture;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Sends one client its pictures, in time, until it goes. What it does wrong may change meanwhile.
 */
final class Playback implements Runnable {

    private static final int CLOCK = 90_000;
    private static final long LEAP = 3600L * CLOCK;

    private final Behaviour behaviour;
    private final Client client;
    private final String camera;
    private final Rtp rtp = new Rtp();

    /** What is sent now, and from which of its slots on. */
    private Video video;

    private long start;

    Playback(Behaviour behaviour, Client client, String camera, Video video) {
        this.behaviour = behaviour;
        this.client = client;
        this.camera = camera;
        this.video = video;
    }

    @Override
    public void run() {
        long began = System.nanoTime();
        try {
            for (long slot = 0; ; slot++) {
                long due = began + slot * TimeUnit.SECONDS.toNanos(1) / video.fps();
                if (client.awaitGone(due - System.nanoTime())) {
                    return;
                }
                Mischief mischief = behaviour.mischief(camera);
                if (mischief == Mischief.CLOSE || mischief == Mischief.REVOKED) {
                    return;
                }
                picture(slot, mischief);
            }
        } catch (IOException ended) {
            // The client has gone.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            client.close();
        }
    }

    private void picture(long slot, Mischief mischief) throws IOException {
        Video wanted = video.codec() == Codec.JPEG ? video : behaviour.video(mischief);
        if (!wanted.equals(video)) {
            video = wanted;
            start = slot;
        }
        int at = (int) ((slot - start) % video.pictures().size());
        Picture picture = video.pictures().get(at);
        boolean left =
                mischief == Mischief.FROZEN
                        || (mischief == Mischief.NO_KEY_FRAME && picture.key())
                        || (mischief == Mischief.ONE_FPS && (slot - start) % video.fps() != 0);
        if (!left) {
            client.send(bytes(picture, slot, mischief));
            behaviour.sent();
        }
    }

    private byte[] bytes(Picture picture, long slot, Mischief mischief) {
        if (video.codec() == Codec.JPEG) {
            return multipart(picture, mischief);
        }
        long timestamp =
                switch (mischief) {
                    case TIME_STANDS -> CLOCK;
                    case TIME_JUMPS -> time(slot) + (slot / video.fps() % 2 == 0 ? LEAP : 0);
                    default -> time(slot);
                };
        return mischief == Mischief.INCOMPLETE
                ? rtp.beginning(video.codec(), picture, timestamp)
                : rtp.packets(video.codec(), picture, timestamp);
    }

    private long time(long slot) {
        return CLOCK + slot * CLOCK / video.fps();
    }

    private static byte[] multipart(Picture picture, Mischief mischief) {
        byte[] jpeg = picture.bytes();
        int sent = mischief == Mischief.INCOMPLETE ? jpeg.length / 2 : jpeg.length;
        byte[] head =
                Replies.ascii(
                        "--next\r\nContent-Type: image/jpeg\r\nContent-Length: %s\r\n\r\n"
                                .formatted(sent));
        byte[] part = new byte[head.length + sent + 2];
        System.arraycopy(head, 0, part, 0, head.length);
        System.arraycopy(jpeg, 0, part, head.length, sent);
        part[part.length - 2] = '\r';
        part[part.length - 1] = '\n';
        return part;
    }
}
