package io.visionops.ingest.internal.camera;

import io.visionops.api.camera.Camera;
import io.visionops.api.camera.CameraSettings;
import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.CameraStatus;
import io.visionops.api.camera.CameraTrust;
import io.visionops.api.camera.DecoderStatus;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.LevelRequest;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.frame.FrameQueue;
import io.visionops.api.frame.Picture;
import io.visionops.api.subject.Actor;
import io.visionops.ingest.internal.frame.FrameRing;
import io.visionops.ingest.internal.trust.Trust;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A camera with the settings of one moment; other settings make another object. */
final class ConfiguredCamera implements Camera {

    private final CameraSettings settings;
    private final @Nullable Feed feed;
    private final Trust trust;
    private final FrameRing frames;
    private final Instant since;
    private final World world;

    /** One that is enabled. */
    ConfiguredCamera(CameraSettings settings, Feed feed, World world) {
        this.settings = settings;
        this.feed = feed;
        this.trust = feed.trust();
        this.frames = feed.ring();
        this.since = Instant.EPOCH;
        this.world = world;
    }

    /** One that is disabled. */
    ConfiguredCamera(CameraSettings settings, World world) {
        this.settings = settings;
        this.feed = null;
        this.trust = world.trust(FeedPlan.of(settings));
        this.frames =
                new FrameRing(
                        settings.name(), settings.analysis().fps(), false, 0, world.encoder());
        this.frames.close();
        this.since = world.clock().instant();
        this.world = world;
    }

    @Nullable Feed feed() {
        return feed;
    }

    @Override
    public CameraSettings settings() {
        return settings;
    }

    @Override
    public CameraStatus status() {
        if (feed != null) {
            return feed.status();
        }
        return new CameraStatus(
                settings.name(),
                CameraState.DISABLED,
                since,
                Optional.empty(),
                0,
                0,
                0,
                Optional.empty(),
                0,
                0,
                FeedPlan.of(settings).addresses().get(0).masked());
    }

    @Override
    public FrameQueue frames() {
        return frames;
    }

    @Override
    public Optional<Picture> latest() {
        return frames.latest();
    }

    @Override
    public Optional<DecoderStatus> connection() {
        return feed == null ? Optional.empty() : feed.connection();
    }

    @Override
    public void renew(Actor by) {
        audit("camera-renew", by);
        if (feed != null) {
            feed.renew();
        }
    }

    @Override
    public void request(LevelRequest request) {
        if (feed != null) {
            feed.request(request);
        }
    }

    @Override
    public List<LevelRequest> requests() {
        return feed == null ? List.of() : feed.requests().standing();
    }

    @Override
    public ServiceLevel level() {
        return feed == null ? ServiceLevel.FULL : feed.level();
    }

    @Override
    public void analysisFault(Optional<Fault> fault) {
        if (feed != null) {
            feed.analysisFault(fault);
        }
    }

    @Override
    public void reconnect(Actor by) {
        audit("camera-reconnect", by);
        if (feed != null) {
            feed.reconnect();
        }
    }

    @Override
    public void reread(Actor by) {
        audit("camera-reread", by);
        if (feed != null) {
            feed.reread();
        }
    }

    @Override
    public void acceptView(Actor by) {
        audit("camera-accept-view", by);
        if (feed != null) {
            feed.acceptView();
        }
    }

    @Override
    public List<CameraTrust> trust() {
        return trust.list();
    }

    @Override
    public boolean acceptIdentity(Actor by) {
        boolean accepted = trust.accept();
        if (accepted) {
            audit("camera-trust", by);
            if (feed != null) {
                feed.reconnect();
            }
        }
        return accepted;
    }

    private void audit(String action, Actor by) {
        world.audit(settings.name(), action, by);
    }

    /** For a test of its connection. */
    Trust identity() {
        return trust;
    }

    @Override
    public String toString() {
        return "camera " + settings.name();
    }
}
