package io.visionops.itests;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is on the heap of a JVM, by class. */
final class Histogram {

    /**
     * As {@code jcmd} prints it: rank, instances, bytes, class, and the module where it has one.
     */
    private static final Pattern LINE =
            Pattern.compile("(?m)^ *\\d+: +(\\d+) +(\\d+) +(?:\\[+L?)?([^ ;\n]+)");

    private final String text;
    private final List<Row> rows = new ArrayList<>();

    /** An array counts as what it is of. */
    private record Row(String name, Sum sum) {}

    /** Objects, and the bytes that they take themselves. */
    record Sum(long instances, long bytes) {}

    Histogram(String text) {
        this.text = text;
        Matcher lines = LINE.matcher(text);
        while (lines.find()) {
            Sum sum = new Sum(Long.parseLong(lines.group(1)), Long.parseLong(lines.group(2)));
            rows.add(new Row(lines.group(3), sum));
        }
    }

    /** After a full collection, which {@code jcmd} begins with. */
    static Histogram of(ProcessHandle jvm) throws Exception {
        List<String> command = List.of("jcmd", String.valueOf(jvm.pid()), "GC.class_histogram");
        // The second finds what the first has only made finalizable.
        Instance.run(30, command).expect(0);
        return new Histogram(Instance.run(30, command).expect(0).out());
    }

    String text() {
        return text;
    }

    /** Of all classes whose names begin so. */
    Sum of(String prefix) {
        long instances = 0;
        long bytes = 0;
        for (Row row : rows) {
            if (row.name().startsWith(prefix)) {
                instances += row.sum().instances();
                bytes += row.sum().bytes();
            }
        }
        return new Sum(instances, bytes);
    }
}
