package io.visionops.health.internal.forecast;

import io.visionops.api.forecast.Forecast;
import io.visionops.api.forecast.Forecasts;
import io.visionops.api.query.CameraHours;
import io.visionops.api.query.JournalReadException;
import io.visionops.api.query.JournalReader;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Judges cameras when somebody asks, by what the database has of them then; keeps nothing.
 * Thread-safe.
 */
@Component(service = Forecasts.class)
public final class ForecastComponent implements Forecasts {

    private final AtomicReference<@Nullable JournalReader> reader = new AtomicReference<>();

    // Optional: a component that waits for the database would be a fault of this part beside that
    // of the store.
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setReader(JournalReader next) {
        reader.set(next);
    }

    /** A swap brings the next one before it takes this one. */
    void unsetReader(JournalReader last) {
        reader.compareAndSet(last, null);
    }

    @Override
    public List<Forecast> forecasts(Optional<String> camera) {
        JournalReader database = reader.get();
        if (database == null) {
            throw new JournalReadException("the database is not available");
        }
        return database.hours(camera, Forecaster.MOST).stream()
                .map(ForecastComponent::forecast)
                .toList();
    }

    private static Forecast forecast(CameraHours read) {
        Forecaster.Verdict verdict = Forecaster.judge(read.hours().stream().map(Hour::of).toList());
        return new Forecast(read.camera(), verdict.likely(), read.to(), verdict.reason());
    }
}
