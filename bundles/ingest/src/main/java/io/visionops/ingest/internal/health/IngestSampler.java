package io.visionops.ingest.internal.health;

import static java.util.stream.Collectors.toSet;

import io.visionops.api.camera.Camera;
import io.visionops.api.camera.CameraChange;
import io.visionops.api.camera.CameraListener;
import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.CameraStatus;
import io.visionops.api.camera.Source;
import io.visionops.api.time.Ticker;
import io.visionops.ingest.internal.IngestComponent;
import io.visionops.ingest.internal.Observed;
import io.visionops.ingest.internal.health.IngestSample.OneCamera;
import io.visionops.support.journal.JournalCounts;
import io.visionops.support.journal.JournalWatch;
import io.visionops.support.meter.CountedTotals;
import io.visionops.support.meter.SampledMeters;
import io.visionops.support.meter.Sampler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Looks every second how the cameras do, for the meters and the checks. Thread-safe. */
@Component(service = IngestSampler.class)
public final class IngestSampler {

    private final Observed observed;
    private final Path totalsFile;
    private final CountedTotals totals = IngestReadings.totals();
    private final CameraListener listener = this::count;
    private final SampledMeters meters = new SampledMeters();
    private final FrameAges ages;
    private final JournalWatch journal;
    private final Sampler<IngestSample> sampler;

    @Activate
    public IngestSampler(@Reference IngestComponent ingest) {
        this(ingest.observed(), Ticker.system());
        sampler.start();
    }

    /** Takes samples only when it is told to. */
    IngestSampler(Observed observed, Ticker ticker) {
        this.observed = observed;
        this.totalsFile = observed.folder().resolve("totals.properties");
        this.ages = new FrameAges(ticker);
        this.journal = new JournalWatch(ticker);
        this.sampler = new Sampler<>("visionops-ingest-sample", ticker, this::sample);
        totals.resume(totalsFile);
        observed.listeners().add(listener);
    }

    @Deactivate
    void close() {
        observed.listeners().remove(listener);
        sampler.close();
        Set<String> configured =
                observed.cameras().list().stream()
                        .map(camera -> camera.settings().name())
                        .collect(toSet());
        // None are there yet when this is stopped at once.
        if (!configured.isEmpty()) {
            totals.retainCameras(configured);
        }
        totals.leave(totalsFile);
    }

    Sampler<IngestSample> sampler() {
        return sampler;
    }

    SampledMeters meters() {
        return meters;
    }

    private void count(CameraChange change) {
        boolean bad =
                change.state() == CameraState.BACKOFF
                        || change.state() == CameraState.OFFLINE
                        || change.state() == CameraState.DEGRADED;
        if (bad) {
            String cause = change.fault().map(fault -> fault.cause().key()).orElse("slow");
            totals.add(IngestReadings.ERRORS, 1, change.camera(), cause);
        }
    }

    private IngestSample sample() {
        List<OneCamera> cameras = new ArrayList<>();
        for (Camera camera : observed.cameras().list()) {
            if (camera.settings().enabled()) {
                CameraStatus status = camera.status();
                boolean paced = camera.settings().source().pace() != Source.Pace.ASAP;
                cameras.add(new OneCamera(status, camera.counts(), ages.of(status, paced)));
            }
        }
        cameras.sort(Comparator.comparing(OneCamera::name));
        IngestSample sample =
                new IngestSample(
                        cameras,
                        observed.cameras().refusals(),
                        observed.cameras().incidents(),
                        journal.look(observed.journal().get()));
        ages.retain(sample.names());
        follow(sample.journal().counts());
        meters.show(IngestReadings.of(sample, totals));
        return sample;
    }

    private void follow(JournalCounts counts) {
        totals.follow(IngestReadings.LOST, counts.droppedEvents(), "event");
        totals.follow(IngestReadings.LOST, counts.droppedFacts(), "other");
        totals.follow(IngestReadings.LOST, counts.droppedPictures(), "picture");
        totals.follow(IngestReadings.REFUSED, counts.refused());
    }
}
