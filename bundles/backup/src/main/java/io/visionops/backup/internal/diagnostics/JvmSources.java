package io.visionops.backup.internal.diagnostics;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.api.diagnostics.DiagnosticsSource;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.RuntimeMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;

/** What the Java machine says of itself. Thread-safe. */
public final class JvmSources {

    /** Of the histogram of the heap; the rest is little. */
    private static final int CLASSES = 120;

    private final ObjectMapper json;

    public JvmSources(ObjectMapper json) {
        this.json = json;
    }

    public List<DiagnosticsSource> all() {
        return List.of(
                NamedSource.of("jvm/facts.json", this::facts),
                NamedSource.of("jvm/threads.txt", () -> command("threadPrint")),
                // Also what is not reachable: to leave it out takes a full collection.
                NamedSource.of(
                        "jvm/heap.txt",
                        () ->
                                command("gcClassHistogram", "-all")
                                        .lines()
                                        .limit(CLASSES)
                                        .collect(Collectors.joining("\n"))));
    }

    private static String command(String name, String... arguments) throws JMException {
        Object answer =
                ManagementFactory.getPlatformMBeanServer()
                        .invoke(
                                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                name,
                                new Object[] {arguments},
                                new String[] {String[].class.getName()});
        return String.valueOf(answer);
    }

    /** Neither environment nor values of properties: both may hold anything. */
    private String facts() throws Exception {
        RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("java", System.getProperty("java.runtime.version"));
        facts.put("vm", runtime.getVmName());
        facts.put(
                "system",
                System.getProperty("os.name")
                        + " "
                        + System.getProperty("os.version")
                        + " "
                        + System.getProperty("os.arch"));
        facts.put("processors", Runtime.getRuntime().availableProcessors());
        facts.put("started", Instant.ofEpochMilli(runtime.getStartTime()));
        facts.put("up", Duration.ofMillis(runtime.getUptime()));
        facts.put(
                "options",
                runtime.getInputArguments().stream()
                        .map(one -> one.startsWith("-D") ? one.replaceFirst("=.*", "") : one)
                        .toList());
        facts.put("heapUsed", memory.getHeapMemoryUsage().getUsed());
        facts.put("heapMax", memory.getHeapMemoryUsage().getMax());
        facts.put("otherUsed", memory.getNonHeapMemoryUsage().getUsed());
        List<Object> collectors = new ArrayList<>();
        for (GarbageCollectorMXBean one : ManagementFactory.getGarbageCollectorMXBeans()) {
            collectors.add(
                    Map.of(
                            "name", one.getName(),
                            "collections", one.getCollectionCount(),
                            "milliseconds", one.getCollectionTime()));
        }
        facts.put("collectors", collectors);
        return json.writeValueAsString(facts);
    }
}
