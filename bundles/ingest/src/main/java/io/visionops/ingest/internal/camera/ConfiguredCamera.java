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
import io.visionops.api.frame.FrameCounts;
import io.visionops.api.frame.FrameLease;
import io.visionops.api.frame.LeaseException;
import io.visionops.api.frame.Picture;
import io.visionops.api.subject.Actor;
import io.visionops.ingest.internal.frame.FrameRing;
import io.visionops.ingest.internal.frame.RingLease;
import io.visionops.ingest.internal.trust.Trust;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A camera with the settings of one moment; other settings make another object, and each bundle
 * that uses the service gets its own.
 */
public final class ConfiguredCamera implements Camera {

    private final CameraSettings settings;
    private final @Nullable Feed feed;
    private final Trust trust;
    private final FrameRing frames;
    private final Instant since;
    private final World world;

    /** The bundle that uses this object; empty: any. */
    private final String user;

    /** Guarded by "this". */
    private @Nullable RingLease lease;

    /** Guarded by "this". */
    private boolean givenBack;

    /** One that is enabled. */
    ConfiguredCamera(CameraSettings settings, Feed feed, World world) {
        this.settings = settings;
        this.feed = feed;
        this.trust = feed.trust();
        this.frames = feed.ring();
        this.since = Instant.EPOCH;
        this.world = world;
        this.user = "";
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
        this.user = "";
    }

    private ConfiguredCamera(ConfiguredCamera same, String user) {
        this.settings = same.settings;
        this.feed = same.feed;
        this.trust = same.trust;
        this.frames = same.frames;
        this.since = same.since;
        this.world = same.world;
        this.user = user;
    }

    /**
     * The same camera for one bundle, which may lease frames until it {@link #giveBack gives it
     * back}.
     *
     * @param bundle what a person calls it
     */
    public ConfiguredCamera usedBy(String bundle) {
        return new ConfiguredCamera(this, bundle);
    }

    /** The bundle uses it no more: frames that it still has another one may have. */
    public synchronized void giveBack() {
        givenBack = true;
        if (lease != null) {
            lease.free();
        }
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
    public FrameCounts counts() {
        return frames.counts();
    }

    @Override
    public synchronized FrameLease leaseFrames() throws LeaseException {
        if (user.isEmpty() || givenBack) {
            throw new IllegalStateException(
                    "frames of camera "
                            + settings.name()
                            + " are leased from its service, while a bundle uses that");
        }
        RingLease leased = frames.lease(user);
        lease = leased;
        return leased;
    }

    @Override
    public FrameLease observeFrames() throws LeaseException {
        return frames.observe(user);
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
