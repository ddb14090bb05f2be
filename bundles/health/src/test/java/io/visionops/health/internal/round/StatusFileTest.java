package io.visionops.health.internal.round;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.health.HealthStatus;
import io.visionops.health.internal.round.StatusTimes.Since;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusFileTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir Path folder;

    @Test
    void whatThePartHasLeftIsReadAtItsNextStart() throws Exception {
        Map<String, Since> checks =
                Map.of("visionops.a.one", new Since(HealthStatus.CRITICAL, NOON));
        StatusFile file = new StatusFile(folder.resolve("health"));
        file.put(checks);
        file.write();

        StatusTimes times = new StatusTimes(new StatusFile(folder.resolve("health")).read());

        assertThat(times.since("visionops.a.one", HealthStatus.CRITICAL, NOON.plusSeconds(9)))
                .isEqualTo(NOON);
        assertThat(times.since("visionops.a.one", HealthStatus.OK, NOON.plusSeconds(9)))
                .isEqualTo(NOON.plusSeconds(9));
    }

    @Test
    void withoutAFileOrWithAnotherFormAllIsNew() throws Exception {
        assertThat(new StatusFile(folder).read()).isEmpty();

        for (String text : new String[] {"", "{", "{\"version\":9,\"checks\":{}}", "null"}) {
            Files.writeString(folder.resolve("status.json"), text);
            assertThat(new StatusFile(folder).read()).as(text).isEmpty();
        }
    }

    @Test
    void aCheckOfWhichHalfIsMissingIsNew() throws Exception {
        Files.writeString(
                folder.resolve("status.json"),
                """
                {"version":1,"checks":{"a":{"status":"OK"},"b":null,
                "c":{"status":"WARN","since":"2026-01-01T12:00:00Z"}}}
                """);

        assertThat(new StatusFile(folder).read())
                .containsExactly(Map.entry("c", new Since(HealthStatus.WARN, NOON)));
    }

    @Test
    void aFolderThatCannotBeWrittenFailsNobody() throws Exception {
        Files.writeString(folder.resolve("health"), "a file");
        StatusFile file = new StatusFile(folder.resolve("health"));
        file.put(Map.of());

        file.write();

        assertThat(folder.resolve("health")).hasContent("a file");
    }
}
