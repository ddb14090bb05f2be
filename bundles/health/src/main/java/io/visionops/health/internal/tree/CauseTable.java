package io.visionops.health.internal.tree;

import java.util.List;

/** Which check explains which, the nearest cause first. */
final class CauseTable {

    static final List<CauseRule> RULES =
            List.of(
                    // A part that is away has no checks that could be well.
                    new CauseRule("visionops.*.bundle", "visionops.$1.*"),
                    // In safe mode it has left them out.
                    new CauseRule("visionops.health.watchdog", "visionops.*.bundle"),
                    new CauseRule("visionops.health.framework", "visionops.*.bundle"),
                    // Without the database everything that is to be written waits.
                    new CauseRule("visionops.store.open", "visionops.store.write"),
                    new CauseRule("visionops.store.write", "visionops.*.journal"),
                    new CauseRule("visionops.store.progress", "visionops.store.write"),
                    new CauseRule("visionops.store.progress", "visionops.*.journal"),
                    new CauseRule("visionops.store.open", "visionops.*.journal"),
                    new CauseRule("visionops.store.bundle", "visionops.*.journal"),
                    new CauseRule("visionops.health.disk", "visionops.store.open"),
                    new CauseRule("visionops.health.disk", "visionops.store.write"),
                    new CauseRule("visionops.health.disk", "visionops.health.write"),
                    new CauseRule("visionops.health.write", "visionops.store.open"),
                    new CauseRule("visionops.health.write", "visionops.store.write"),
                    // Without decoders there are no pictures.
                    new CauseRule("visionops.processes.bundle", "visionops.ingest.cameras"),
                    new CauseRule("visionops.processes.children", "visionops.ingest.cameras"),
                    new CauseRule("visionops.health.descriptors", "visionops.processes.children"),
                    new CauseRule("visionops.health.descriptors", "visionops.ingest.cameras"),
                    // Many cameras, one switch.
                    new CauseRule("visionops.ingest.incidents", "visionops.ingest.cameras"),
                    // A machine that is too slow or too hot is late with everything.
                    new CauseRule("visionops.health.cpu", "visionops.inference.progress"),
                    new CauseRule("visionops.health.temperature", "visionops.health.cpu"),
                    // The governor acts on these.
                    new CauseRule("visionops.health.temperature", "visionops.health.governor"),
                    new CauseRule("visionops.health.memory", "visionops.health.governor"),
                    new CauseRule("visionops.health.cpu", "visionops.health.governor"));

    private CauseTable() {}
}
