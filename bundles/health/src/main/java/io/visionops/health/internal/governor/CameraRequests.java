package io.visionops.health.internal.governor;

import io.visionops.api.camera.Camera;
import io.visionops.api.camera.LevelRequest;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.health.GovernorStatus.Request;
import io.visionops.api.time.Ticker;
import io.visionops.support.log.LogLimit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the requests that stand at cameras the ones that are meant. Goes by what stands there and
 * not by what was asked before: so a camera that is new has its request with the next look, one
 * that ingest has handed over is left as it is, and one that an earlier run of this part has asked
 * for is withdrawn when it is not meant any more. For one thread.
 */
final class CameraRequests {

    private static final Logger LOG = LoggerFactory.getLogger(CameraRequests.class);

    /** Of a request. */
    private static final int LONGEST = 200;

    private final Ticker ticker;
    private final LogLimit logLimit = new LogLimit();

    CameraRequests(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Returns what is asked for then, of those of which something is. */
    List<Request> apply(GovernorLevel level, String reason, Collection<Camera> cameras) {
        Map<String, ServiceLevel> plan =
                CameraPlan.of(level, cameras.stream().map(Camera::settings).toList());
        List<Request> standing = new ArrayList<>();
        for (Camera camera : cameras) {
            String name = camera.settings().name();
            ServiceLevel meant = plan.getOrDefault(name, ServiceLevel.FULL);
            try {
                request(camera, meant, reason);
                if (!meant.equals(ServiceLevel.FULL)) {
                    standing.add(
                            new Request(name, camera.settings().priority(), meant, camera.level()));
                }
            } catch (RuntimeException e) {
                // It may just be removed; the next look tries again.
                if (logLimit.allows(ticker.nanos())) {
                    LOG.warn("camera {} cannot be asked for {}", name, meant.words(), e);
                }
            }
        }
        return standing;
    }

    private static void request(Camera camera, ServiceLevel meant, String reason) {
        ServiceLevel asked =
                CameraPlan.standing(camera).map(LevelRequest::level).orElse(ServiceLevel.FULL);
        if (!asked.equals(meant)) {
            String words = reason.length() > LONGEST ? reason.substring(0, LONGEST) : reason;
            camera.request(new LevelRequest(CameraPlan.GOVERNOR, meant, words));
        }
    }
}
