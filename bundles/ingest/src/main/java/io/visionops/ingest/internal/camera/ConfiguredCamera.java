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
import io.visionops.ingest.internal.config.DecoderSettings;
import io.visionops.ingest.internal.frame.FrameObserver;
import io.visionops.ingest.internal.frame.FrameRing;
import io.visionops.ingest.internal.frame.RingLease;
import io.visionops.ingest.internal.stream.StreamContext;
import io.visionops.ingest.internal.stream.StreamSupervisor;
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
    private final @Nullable StreamSupervisor supervisor;
    private final Trust trust;
    private final FrameRing frames;
    private final Instant since;
    private final StreamContext context;

    /** The bundle that uses this object; empty: any. */
    private final String user;

    /** Guarded by "this". */
    private @Nullable RingLease lease;

    /** Guarded by "this". */
    private boolean givenBack;

    /** One that is enabled. */
    ConfiguredCamera(CameraSettings settings, StreamSupervisor supervisor, StreamContext context) {
        this.settings = settings;
        this.supervisor = supervisor;
        this.trust = supervisor.trust();
        this.frames = supervisor.ring();
        this.since = Instant.EPOCH;
        this.context = context;
        this.user = "";
    }

    /** One that is disabled. */
    ConfiguredCamera(CameraSettings settings, StreamContext context) {
        this.settings = settings;
        this.supervisor = null;
        this.trust = context.trust(DecoderSettings.of(settings));
        this.frames =
                new FrameRing(
                        settings.name(), settings.analysis().fps(), false, 0, context.encoder());
        this.frames.close();
        this.since = context.clock().instant();
        this.context = context;
        this.user = "";
    }

    private ConfiguredCamera(ConfiguredCamera same, String user) {
        this.settings = same.settings;
        this.supervisor = same.supervisor;
        this.trust = same.trust;
        this.frames = same.frames;
        this.since = same.since;
        this.context = same.context;
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

    @Nullable StreamSupervisor supervisor() {
        return supervisor;
    }

    @Override
    public CameraSettings settings() {
        return settings;
    }

    @Override
    public CameraStatus status() {
        if (supervisor != null) {
            return supervisor.status();
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
                DecoderSettings.of(settings).addresses().get(0).masked());
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
        RingLease leased = RingLease.of(frames, user);
        lease = leased;
        return leased;
    }

    @Override
    public FrameLease observeFrames() throws LeaseException {
        return FrameObserver.of(frames, user);
    }

    @Override
    public Optional<Picture> latest() {
        return frames.latest();
    }

    @Override
    public Optional<DecoderStatus> connection() {
        return supervisor == null ? Optional.empty() : supervisor.connection();
    }

    @Override
    public void renew(Actor by) {
        audit("camera-renew", by);
        if (supervisor != null) {
            supervisor.renew();
        }
    }

    @Override
    public void request(LevelRequest request) {
        if (supervisor != null) {
            supervisor.request(request);
        }
    }

    @Override
    public List<LevelRequest> requests() {
        return supervisor == null ? List.of() : supervisor.requests().standing();
    }

    @Override
    public ServiceLevel level() {
        return supervisor == null ? ServiceLevel.FULL : supervisor.level();
    }

    @Override
    public void analysisFault(Optional<Fault> fault) {
        if (supervisor != null) {
            supervisor.analysisFault(fault);
        }
    }

    @Override
    public void reconnect(Actor by) {
        audit("camera-reconnect", by);
        if (supervisor != null) {
            supervisor.reconnect();
        }
    }

    @Override
    public void reread(Actor by) {
        audit("camera-reread", by);
        if (supervisor != null) {
            supervisor.reread();
        }
    }

    @Override
    public void acceptView(Actor by) {
        audit("camera-accept-view", by);
        if (supervisor != null) {
            supervisor.pictures().acceptView();
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
            if (supervisor != null) {
                supervisor.reconnect();
            }
        }
        return accepted;
    }

    private void audit(String action, Actor by) {
        context.audit(settings.name(), action, by);
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
