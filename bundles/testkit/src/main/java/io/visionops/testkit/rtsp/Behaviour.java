package io.visionops.testkit.rtsp;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the cameras of a server show and do wrong, and to whom; and what came of it. Thread-safe.
 */
final class Behaviour {

    private final TestVideos videos;
    private final Optional<Login> login;
    private final Map<String, Mischief> turned = new ConcurrentHashMap<>();
    private final AtomicLong pictures = new AtomicLong();
    private final Queue<String> given = new ConcurrentLinkedQueue<>();

    Behaviour(TestVideos videos, Optional<Login> login) {
        this.videos = videos;
        this.login = login;
    }

    /** From now on, for who is connected too. */
    void turn(String camera, Mischief mischief) {
        turned.put(camera, mischief);
    }

    Mischief mischief(String camera) {
        return turned.getOrDefault(camera, Mischief.ofPath(camera));
    }

    TestVideos videos() {
        return videos;
    }

    Video video(Mischief mischief) {
        return switch (mischief) {
            case NEW_RESOLUTION -> videos.other();
            case NEW_CODEC -> videos.mpeg4();
            default -> videos.usual();
        };
    }

    boolean accepts(Request request) {
        String line = request.header("authorization");
        if (!line.isEmpty()) {
            given.add(line);
        }
        return login.isEmpty() || login.get().accepts(request);
    }

    String challenge() {
        return login.map(Login::challenge).orElse("");
    }

    /** What clients gave as their login, as it was sent. */
    List<String> given() {
        return List.copyOf(given);
    }

    void sent() {
        pictures.incrementAndGet();
    }

    /** Pictures that were sent, to all clients. */
    long pictures() {
        return pictures.get();
    }
}
