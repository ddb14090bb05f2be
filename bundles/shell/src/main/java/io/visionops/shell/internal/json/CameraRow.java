package io.visionops.shell.internal.json;

import io.visionops.api.analysis.AnalysisStatus;
import io.visionops.api.camera.CameraStatus;
import io.visionops.api.camera.Fault;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A camera.
 *
 * @param cause the kind of fault, its words and what was seen of it
 * @param width pixels; null before the first frame
 * @param url without credentials
 */
public record CameraRow(
        String camera,
        String state,
        Instant since,
        @Nullable String cause,
        @Nullable Double fps,
        @Nullable Double analysedFps,
        @Nullable Integer width,
        @Nullable Integer height,
        @Nullable Instant lastFrame,
        long reconnects,
        int failures,
        String url) {

    public static CameraRow of(CameraStatus status, Optional<AnalysisStatus> analysis) {
        return new CameraRow(
                status.camera(),
                status.state().name(),
                status.since(),
                status.fault().map(CameraRow::cause).orElse(null),
                Json.round(status.fps(), 2),
                analysis.map(one -> Json.round(one.fps(), 2)).orElse(null),
                status.width() == 0 ? null : status.width(),
                status.height() == 0 ? null : status.height(),
                status.lastFrame().orElse(null),
                status.reconnects(),
                status.failures(),
                status.maskedUrl());
    }

    private static String cause(Fault fault) {
        String kind = fault.cause().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String detail = fault.detail().isBlank() ? "" : " (" + fault.detail().strip() + ")";
        return kind + ": " + fault.cause().words() + detail;
    }
}
