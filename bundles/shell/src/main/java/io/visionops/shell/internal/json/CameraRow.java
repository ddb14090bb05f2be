package io.visionops.shell.internal.json;

import io.visionops.api.analysis.AnalysisStatus;
import io.visionops.api.camera.Camera;
import io.visionops.api.camera.CameraStatus;
import io.visionops.api.camera.DecoderStatus;
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
 * @param decoder null while none runs
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
        String url,
        @Nullable Decoder decoder) {

    /**
     * The process that brings the frames.
     *
     * @param address 0 for the first, the others are fallbacks
     * @param transport {@code tcp} or {@code udp}; null where there is no choice
     * @param level {@code full}, {@code reduced} or {@code keyframes}
     * @param memory resident bytes; null before the first sample
     * @param load CPU seconds per second; 1 is one core
     */
    public record Decoder(
            long pid,
            int address,
            @Nullable String transport,
            String level,
            @Nullable Long memory,
            @Nullable Double cpuSeconds,
            @Nullable Double load) {

        static Decoder of(DecoderStatus connection) {
            boolean sampled = connection.memory() > 0;
            return new Decoder(
                    connection.process().pid(),
                    connection.address(),
                    connection.transport().map(one -> word(one.name())).orElse(null),
                    connection.level().kind().word(),
                    sampled ? connection.memory() : null,
                    sampled ? Json.round(connection.cpu().toNanos() / 1e9, 2) : null,
                    sampled ? Json.round(connection.load(), 3) : null);
        }

        private static String word(String constant) {
            return constant.toLowerCase(Locale.ROOT);
        }
    }

    public static CameraRow of(Camera camera, Optional<AnalysisStatus> analysis) {
        CameraStatus status = camera.status();
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
                status.maskedUrl(),
                camera.connection().map(Decoder::of).orElse(null));
    }

    private static String cause(Fault fault) {
        String kind = fault.cause().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String detail = fault.detail().isBlank() ? "" : " (" + fault.detail().strip() + ")";
        return kind + ": " + fault.cause().words() + detail;
    }
}
