package io.visionops.backup.internal.diagnostics;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.api.alert.Alerts;
import io.visionops.api.backup.Backups;
import io.visionops.api.camera.Camera;
import io.visionops.api.camera.Cameras;
import io.visionops.api.child.ChildProcesses;
import io.visionops.api.child.ChildUsage;
import io.visionops.api.diagnostics.DiagnosticsSource;
import io.visionops.api.health.Governor;
import io.visionops.api.health.HealthMonitor;
import io.visionops.api.query.EventPage;
import io.visionops.api.query.EventQuery;
import io.visionops.api.query.JournalReader;
import io.visionops.api.query.RecordPage;
import io.visionops.api.query.RecordQuery;
import io.visionops.api.update.Updates;
import io.visionops.support.document.HealthDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** What the services of the parts say, as JSON. Thread-safe. */
public final class PartSources {

    private static final int ROWS = 500;
    private static final List<String> KINDS =
            List.of("health", "restart", "recovery", "alert", "backup", "update");

    private final BundleContext context;
    private final ObjectMapper json;

    public PartSources(BundleContext context, ObjectMapper json) {
        this.context = context;
        this.json = json;
    }

    /** What a service says. */
    @FunctionalInterface
    private interface Question<S> {
        Object ask(S service) throws Exception;
    }

    /** Each of them fails where its part is away. */
    public List<DiagnosticsSource> all() {
        List<DiagnosticsSource> sources = new ArrayList<>();
        sources.add(of("health/tree.json", HealthMonitor.class, PartSources::tree));
        sources.add(of("health/governor.json", Governor.class, Governor::status));
        sources.add(of("health/alerts.json", Alerts.class, Alerts::alerts));
        sources.add(of("database.json", JournalReader.class, JournalReader::statistics));
        sources.add(of("cameras.json", Cameras.class, PartSources::cameras));
        sources.add(of("processes.json", ChildProcesses.class, PartSources::processes));
        sources.add(of("backups.json", Backups.class, PartSources::backups));
        sources.add(of("updates.json", Updates.class, PartSources::updates));
        sources.add(of("events.json", JournalReader.class, PartSources::events));
        for (String kind : KINDS) {
            sources.add(
                    of(
                            "records/" + kind + ".json",
                            JournalReader.class,
                            reader -> records(reader, kind)));
        }
        return sources;
    }

    private <S> DiagnosticsSource of(String name, Class<S> type, Question<S> question) {
        return NamedSource.of(
                name,
                () -> {
                    ServiceReference<S> reference = context.getServiceReference(type);
                    S service = reference == null ? null : context.getService(reference);
                    if (service == null) {
                        throw new IllegalStateException(
                                "the service " + type.getSimpleName() + " is not there");
                    }
                    try {
                        return json.writeValueAsString(question.ask(service));
                    } finally {
                        context.ungetService(reference);
                    }
                });
    }

    private static Object tree(HealthMonitor monitor) {
        return monitor.report()
                .map(
                        report ->
                                monitor.isOverdue()
                                        ? HealthDocument.overdue(report)
                                        : HealthDocument.of(report));
    }

    /** Without settings, which hold addresses: the masked files of etc have them. */
    private static Object cameras(Cameras cameras) {
        List<Object> all = new ArrayList<>();
        for (Camera camera : cameras.list()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("status", camera.status());
            one.put("frames", camera.counts());
            one.put(
                    "decoder",
                    camera.connection()
                            .map(
                                    decoder ->
                                            Map.of(
                                                    "pid", decoder.process().pid(),
                                                    "level", decoder.level(),
                                                    "memory", decoder.memory(),
                                                    "load", decoder.load())));
            all.add(one);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("cameras", all);
        document.put("refused", cameras.refusals());
        document.put("warnings", cameras.warnings());
        document.put("incidents", cameras.incidents());
        return document;
    }

    private static Object processes(ChildProcesses children) {
        List<Object> all = new ArrayList<>();
        for (ChildUsage one : children.usage()) {
            all.add(
                    Map.of(
                            "name", one.name(),
                            "pid", one.process().pid(),
                            "started", one.started(),
                            "memory", one.memory(),
                            "cpu", one.cpu(),
                            "load", one.load(),
                            "held", one.held()));
        }
        return all;
    }

    private static Object backups(Backups backups) throws Exception {
        return Map.of("status", backups.status(), "backups", backups.list());
    }

    private static Object updates(Updates updates) {
        return Map.of("status", updates.status(), "history", updates.history());
    }

    private static Object events(JournalReader reader) {
        EventPage page =
                reader.events(
                        new EventQuery(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                ROWS,
                                Optional.empty()));
        return page.events().stream().map(EventPage.Stored::event).toList();
    }

    private static Object records(JournalReader reader, String kind) {
        RecordPage page =
                reader.records(
                        new RecordQuery(
                                Optional.of(kind),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                ROWS,
                                Optional.empty()));
        return page.records().stream().map(RecordPage.Stored::entry).toList();
    }
}
