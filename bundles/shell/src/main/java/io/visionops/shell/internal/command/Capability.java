package io.visionops.shell.internal.command;

import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.json.CapabilitiesDocument.Row;
import java.util.List;

/** Rows of {@link Capabilities}. */
final class Capability {

    private static final String FULL = "full";
    private static final String REDUCED = "reduced";
    private static final String ABSENT = "absent";

    private Capability() {}

    static Row absent(String name, String reason) {
        return new Row(name, ABSENT, "", Plain.line(reason));
    }

    static Row reduced(String name, String detail, String reason) {
        return new Row(name, REDUCED, Plain.line(detail), Plain.line(reason));
    }

    static Row full(String name, String detail) {
        return new Row(name, FULL, Plain.line(detail), "");
    }

    /**
     * @param reasons why it is less than it should be; none when all is well
     */
    static Row full(String name, String detail, List<String> reasons) {
        return reasons.isEmpty()
                ? full(name, detail)
                : reduced(name, detail, String.join("; ", reasons));
    }

    /** Of some of all cameras. */
    static Row of(String name, long some, int all, String done, List<String> reasons) {
        return some == 0
                ? absent(name, String.join("; ", reasons))
                : full(name, some + " of " + all + " " + done, reasons);
    }
}
