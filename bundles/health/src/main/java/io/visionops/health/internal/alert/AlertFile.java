package io.visionops.health.internal.alert;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.api.alert.Alert;
import io.visionops.api.alert.Silence;
import io.visionops.api.journal.Entry;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import io.visionops.support.WholeFile;
import io.visionops.support.json.HandoverJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the next run of the part has to know, after a kill too: {@code alerts.json} in its folder.
 * Waits for the disk; for one thread at a time.
 */
final class AlertFile {

    private static final Logger LOG = LoggerFactory.getLogger(AlertFile.class);
    private static final int VERSION = 1;

    private final Path file;
    private final ObjectMapper json = HandoverJson.mapper();
    private Optional<String> failure = Optional.empty();

    /**
     * All of it; persisted.
     *
     * @param lastId number of the newest alert or silence
     * @param unconfirmed what was told, and is not known to be in the journal
     * @param resolved the last ones, the newest first
     */
    record Document(
            int version,
            long lastId,
            List<Kept> alerts,
            List<Silence> silences,
            List<Entry> unconfirmed,
            List<Alert> resolved) {

        Document(
                long lastId,
                List<Kept> alerts,
                List<Silence> silences,
                List<Entry> unconfirmed,
                List<Alert> resolved) {
            this(VERSION, lastId, alerts, silences, unconfirmed, resolved);
        }

        static Document empty() {
            return new Document(0, List.of(), List.of(), List.of(), List.of());
        }
    }

    /** An alert that is open; persisted. */
    record Kept(
            String id,
            String rule,
            String group,
            Subject subject,
            Instant since,
            @Nullable Instant firedAt,
            @Nullable Instant resolvedAt,
            @Nullable Instant audibleSince,
            @Nullable Actor acknowledgedBy,
            int step,
            boolean told,
            int toldStep,
            Set<String> toldKeys,
            int leftOut,
            String cause,
            String remedy,
            List<String> affected,
            List<KeptInstance> instances) {

        static Kept of(OpenAlert alert) {
            return new Kept(
                    alert.id,
                    alert.rule.name(),
                    alert.group,
                    alert.subject,
                    alert.since,
                    alert.firedAt,
                    alert.resolvedAt,
                    alert.audibleSince,
                    alert.acknowledgedBy,
                    alert.step,
                    alert.told,
                    alert.toldStep,
                    Set.copyOf(alert.toldKeys),
                    alert.leftOut,
                    alert.cause(),
                    alert.remedy(),
                    alert.affected(),
                    alert.instances.values().stream()
                            .map(one -> new KeptInstance(one.seen(), one.since(), one.isActive()))
                            .toList());
        }

        OpenAlert restore(Rule of, Moment now) {
            OpenAlert alert = new OpenAlert(id, of, group, subject, since);
            alert.firedAt = firedAt;
            alert.resolvedAt = resolvedAt;
            alert.audibleSince = audibleSince;
            alert.audibleNanos = audibleSince == null ? 0 : now.nanosOf(audibleSince);
            alert.acknowledgedBy = acknowledgedBy;
            alert.step = step;
            alert.told = told;
            alert.toldStep = toldStep;
            alert.toldKeys = Set.copyOf(toldKeys);
            alert.toldNanos = now.nanos();
            alert.leftOut = leftOut;
            for (KeptInstance one : instances) {
                alert.instances.put(
                        one.seen().key(),
                        AlertInstance.kept(one.seen(), one.since(), one.active(), now));
            }
            alert.describe(cause, remedy, affected);
            return alert;
        }
    }

    /** One check or series of an alert; persisted. */
    record KeptInstance(Observation seen, Instant since, boolean active) {}

    AlertFile(Path folder) {
        file = folder.resolve("alerts.json");
    }

    /** What the last run has left; nothing when there is none or it cannot be understood. */
    Document read() {
        try {
            Document left = json.readValue(Files.readAllBytes(file), Document.class);
            if (left == null || left.version() != VERSION || !isWhole(left)) {
                throw new IOException("its form is not known");
            }
            return left;
        } catch (NoSuchFileException e) {
            return Document.empty();
        } catch (IOException | RuntimeException e) {
            LOG.error(
                    "{} cannot be understood and is kept as alerts.unreadable; open alerts are told"
                            + " anew, silences and acknowledgements are lost: {}",
                    file,
                    e.toString());
            setAside();
            return Document.empty();
        }
    }

    /** JSON may leave out what a record must have. */
    private static boolean isWhole(Document left) {
        return left.alerts() != null
                && left.silences() != null
                && left.unconfirmed() != null
                && left.resolved() != null
                && left.alerts().stream().allMatch(AlertFile::isWhole)
                && left.silences().stream()
                        .allMatch(
                                one ->
                                        one != null
                                                && areThere(
                                                        one.id(),
                                                        one.target(),
                                                        one.since(),
                                                        one.until(),
                                                        one.by(),
                                                        one.reason()))
                && left.unconfirmed().stream()
                        .allMatch(one -> one != null && areThere(one.id(), one.event()))
                && left.resolved().stream()
                        .allMatch(
                                one ->
                                        one != null
                                                && areThere(
                                                        one.id(),
                                                        one.rule(),
                                                        one.subject(),
                                                        one.severity(),
                                                        one.since(),
                                                        one.firedAt(),
                                                        one.resolvedAt(),
                                                        one.inhibitedBy(),
                                                        one.acknowledgedBy(),
                                                        one.silencedUntil()));
    }

    private static boolean isWhole(@Nullable Kept one) {
        return one != null
                && areThere(
                        one.id(),
                        one.rule(),
                        one.group(),
                        one.subject(),
                        one.since(),
                        one.toldKeys(),
                        one.cause(),
                        one.remedy(),
                        one.affected(),
                        one.instances())
                && one.instances().stream()
                        .allMatch(
                                instance ->
                                        instance != null
                                                && areThere(instance.seen(), instance.since())
                                                && areThere(
                                                        instance.seen().key(),
                                                        instance.seen().cause(),
                                                        instance.seen().remedy(),
                                                        instance.seen().about()));
    }

    private static boolean areThere(@Nullable Object... values) {
        for (Object value : values) {
            if (value == null) {
                return false;
            }
        }
        return true;
    }

    private void setAside() {
        try {
            WholeFile.setAside(file, file.resolveSibling("alerts.unreadable"));
        } catch (IOException e) {
            LOG.error("{} cannot be put aside: {}", file, e.toString());
        }
    }

    /**
     * Synced when it returns; a failure is logged once, until it works again.
     *
     * @return false when it failed
     */
    boolean write(Document document) {
        try {
            Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
            WholeFile.write(file, json.writeValueAsBytes(document), true);
            failure = Optional.empty();
            return true;
        } catch (IOException e) {
            if (failure.isEmpty()) {
                LOG.error("{} cannot be written: {}", file, e.toString());
            }
            failure = Optional.of(file + " cannot be written: " + e);
            return false;
        }
    }

    /** Why the last writing failed; empty when it did not. */
    Optional<String> failure() {
        return failure;
    }
}
