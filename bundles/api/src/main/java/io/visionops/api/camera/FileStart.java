package io.visionops.api.camera;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * When a film begins, as somebody wrote it.
 *
 * @param offset from UTC; empty when the time is that of the zone of people
 */
public record FileStart(LocalDateTime time, Optional<ZoneOffset> offset) {

    /**
     * @param zone of people
     */
    public Instant in(ZoneId zone) {
        return time.atZone(offset.map(ZoneId.class::cast).orElse(zone)).toInstant();
    }
}
