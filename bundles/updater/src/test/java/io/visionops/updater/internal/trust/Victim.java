package io.visionops.updater.internal.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.visionops.testkit.ManualClock;
import io.visionops.updater.internal.metadata.Release;
import io.visionops.updater.internal.metadata.RepositoryException;
import io.visionops.updater.internal.metadata.RepositoryException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A client that has installed release 5 of a repository, and what must be so after an attack. */
final class Victim {

    static final Instant BUILT = Instant.parse("2026-10-01T00:00:00Z");

    final ForgedRepository repository = new ForgedRepository();
    final ManualClock clock = new ManualClock(ForgedRepository.NOW);
    final Path trust;
    final Path pinned;
    final UpdateRepository client;
    final Release installed;

    Victim(Path folder) throws IOException, RepositoryException {
        trust = folder.resolve("trust");
        pinned = folder.resolve("pinned.root.json");
        Files.write(pinned, repository.metadata("1.root.json", 0));
        client = client("visionops", "linux-x86_64");
        installed = repository.release(5);
        repository.versionsBeginAt(3, 3);
        repository.publish(installed);
        client.refresh();
        client.committed(installed);
    }

    /** The same folders, begun anew. */
    UpdateRepository client(String product, String platform) {
        return new UpdateRepository(
                trust, pinned, repository, clock, new ProductIdentity(product, platform, BUILT));
    }

    /**
     * Refused for that reason in one line, and nothing that was trusted is forgotten or changed.
     */
    void refuses(Reason reason) throws IOException {
        Map<String, String> before = content();

        refusesAndMayKeepRoots(reason);

        assertThat(content()).isEqualTo(before);
    }

    void refusesAndMayKeepRoots(Reason reason) {
        RepositoryException refusal =
                catchThrowableOfType(RepositoryException.class, client::refresh);

        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(reason);
        assertThat(refusal.getMessage()).hasLineCount(1).hasSizeLessThan(300);
    }

    /** What is trusted still stands, and honest releases go on being found. */
    void isAsBefore(Map<String, byte[]> honest) throws RepositoryException {
        assertThat(client.verified()).contains(installed);
        repository.served.clear();
        repository.served.putAll(honest);
        assertThat(client.refresh()).isEqualTo(installed);
        assertThat(client.committed()).isEqualTo(5);
    }

    Map<String, byte[]> honest() {
        return new HashMap<>(repository.served);
    }

    Map<String, String> content() throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.list(trust)) {
            for (Path file : files.toList()) {
                content.put(
                        file.getFileName().toString(),
                        HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return content;
    }
}
