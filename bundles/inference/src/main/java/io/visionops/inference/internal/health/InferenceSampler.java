package io.visionops.inference.internal.health;

import io.visionops.api.time.Ticker;
import io.visionops.inference.internal.pipeline.AnalysisFigures;
import io.visionops.inference.internal.pipeline.CameraAnalyses;
import io.visionops.support.journal.JournalCounts;
import io.visionops.support.journal.JournalWatch;
import io.visionops.support.meter.CountedTotals;
import io.visionops.support.meter.SampledMeters;
import io.visionops.support.meter.Sampler;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Looks every second how the analyses do, for the meters and the checks. Thread-safe. */
@Component(service = InferenceSampler.class)
public final class InferenceSampler {

    /** A camera that was away for so long is removed. */
    private static final Duration GONE = Duration.ofSeconds(10);

    private final Function<JournalWatch, InferenceSample> source;
    private final JournalWatch journal;
    private final Ticker ticker;

    /** When a camera was there last. Used by the thread that takes samples alone. */
    private final Map<String, Long> seen = new HashMap<>();

    private final AnalysisFigures figures;
    private final SampledMeters meters = new SampledMeters();
    private final Sampler<InferenceSample> sampler;

    @Activate
    public InferenceSampler(@Reference CameraAnalyses analyses) {
        this(
                journal ->
                        new InferenceSample(
                                analyses.views(),
                                analyses.detectors(),
                                analyses.breakers(),
                                analyses.hungCalls(),
                                journal.look(analyses.journal())),
                analyses.figures(),
                Ticker.system());
        sampler.start();
    }

    /** Takes samples only when it is told to. */
    InferenceSampler(
            Function<JournalWatch, InferenceSample> source,
            AnalysisFigures figures,
            Ticker ticker) {
        this.source = source;
        this.journal = new JournalWatch(ticker);
        this.ticker = ticker;
        this.figures = figures;
        this.sampler = new Sampler<>("visionops-inference-sample", ticker, this::sample);
    }

    @Deactivate
    void close() {
        sampler.close();
    }

    Sampler<InferenceSample> sampler() {
        return sampler;
    }

    SampledMeters meters() {
        return meters;
    }

    /** Not of a camera that is away while its part is replaced. */
    private void forgetTimersOfOthers(Set<String> cameras) {
        long now = ticker.nanos();
        cameras.forEach(camera -> seen.put(camera, now));
        seen.values().removeIf(at -> now - at > GONE.toNanos());
        // At each sample: the last frames of a camera may be committed after it went.
        figures.calls().retain(seen::containsKey);
        figures.commits().retain(seen::containsKey);
    }

    private InferenceSample sample() {
        InferenceSample sample = source.apply(journal);
        JournalCounts counts = sample.journal().counts();
        CountedTotals totals = figures.totals();
        totals.follow(AnalysisFigures.LOST, counts.droppedEvents(), "event");
        totals.follow(AnalysisFigures.LOST, counts.droppedFacts(), "other");
        totals.follow(AnalysisFigures.LOST, counts.droppedPictures(), "picture");
        totals.follow(AnalysisFigures.REFUSED, counts.refused());
        forgetTimersOfOthers(sample.cameras());
        meters.show(InferenceReadings.of(sample, totals));
        return sample;
    }
}
