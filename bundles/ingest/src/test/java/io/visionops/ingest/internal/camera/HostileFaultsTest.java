package io.visionops.ingest.internal.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.CameraState;
import io.visionops.api.journal.Event;
import io.visionops.testkit.rtsp.Mischief;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How soon the trouble of a hostile camera has its name for good, and how soon it is over. */
@Tag("slow")
class HostileFaultsTest extends NetworkRig {

    private static final Duration FAULT = Duration.ofSeconds(22);
    private static final Duration NAMED = Duration.ofSeconds(10);

    /** Five seconds and the first frame, on a machine that does other things. */
    private static final Duration BACK = Duration.ofSeconds(7);

    private static final Map<Mischief, String> CAUSES =
            Map.of(
                    Mischief.TRICKLE, "the camera does not answer",
                    Mischief.ENDLESS_HEADERS, "the camera does not answer",
                    Mischief.GARBAGE, "the camera does not answer",
                    Mischief.CLOSE, "the stream ended");

    /** After them nothing tells that the camera is well but a try. */
    private static final List<Mischief> ANSWERING = List.of(Mischief.CLOSE);

    /** Not a path that means mischief to the server. */
    private static String camera(Mischief mischief) {
        return mischief.path() + "-camera";
    }

    private void configure(String camera) {
        rig.configure(camera, "url", server.url(camera));
    }

    private List<Event> since(String camera, Instant time) {
        return rig.journal.events().stream()
                .filter(one -> one.type() == Event.Type.CAMERA_STATE)
                .filter(one -> one.camera().equals(camera) && !one.time().isBefore(time))
                .toList();
    }

    @Test
    void eachIsNamedForGoodWithinTenSecondsAndOverSoonAfterItsEnd() {
        CAUSES.keySet().forEach(one -> configure(camera(one)));
        CAUSES.keySet().forEach(one -> rig.awaitState(camera(one), CameraState.STREAMING));

        Instant began = Instant.now();
        CAUSES.keySet()
                .forEach(
                        one -> {
                            server.turn(camera(one), one);
                            server.drop(camera(one));
                        });
        awaitPassed(FAULT);
        Instant ended = Instant.now();
        CAUSES.keySet().forEach(one -> server.turn(camera(one), Mischief.NONE));

        for (Map.Entry<Mischief, String> one : CAUSES.entrySet()) {
            String camera = camera(one.getKey());
            assertThat(since(camera, began.plus(NAMED)))
                    .as(camera)
                    .filteredOn(event -> event.time().isBefore(ended))
                    .extracting(Event::detail)
                    .filteredOn(detail -> detail.startsWith("BACKOFF"))
                    .allMatch(detail -> detail.contains(one.getValue()));
            Event named =
                    since(camera, began).stream()
                            .filter(event -> event.detail().contains(one.getValue()))
                            .findFirst()
                            .orElseThrow();
            Duration after = Duration.between(began, named.time());
            Rig.soon().until(() -> isStreaming(camera, ended));
            Duration back = Duration.between(ended, lastOf(camera, ended).time());
            System.out.printf("%s: named after %s, back after %s%n", camera, after, back);
            assertThat(after).as(camera).isLessThan(NAMED);
            if (!ANSWERING.contains(one.getKey())) {
                assertThat(back).as(camera).isLessThan(BACK);
            }
        }
    }

    private boolean isStreaming(String camera, Instant since) {
        List<Event> events = since(camera, since);
        return !events.isEmpty() && events.get(events.size() - 1).detail().startsWith("STREAMING");
    }

    private Event lastOf(String camera, Instant since) {
        List<Event> events = since(camera, since);
        return events.get(events.size() - 1);
    }

    private static void awaitPassed(Duration time) {
        Instant until = Instant.now().plus(time);
        Awaitility.await()
                .atMost(time.toSeconds() + 5, TimeUnit.SECONDS)
                .until(() -> Instant.now().isAfter(until));
    }

    @Test
    void aDecoderThatIsKilledIsReplacedBeforeTheCameraIsMissed() {
        configure("front");
        rig.awaitState("front", CameraState.STREAMING);
        long pid = rig.camera("front").connection().orElseThrow().process().pid();

        Instant killed = Instant.now();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        Rig.soon().until(() -> isStreaming("front", killed));

        Duration back = Duration.between(killed, lastOf("front", killed).time());
        System.out.println("killed: back after " + back);
        // Two seconds and one key frame interval.
        assertThat(back).isLessThan(Duration.ofSeconds(3));
    }
}
