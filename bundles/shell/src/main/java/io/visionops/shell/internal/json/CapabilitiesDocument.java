package io.visionops.shell.internal.json;

import java.util.List;

/** What works now, and what does not. */
public record CapabilitiesDocument(List<Row> capabilities) {

    public CapabilitiesDocument {
        capabilities = List.copyOf(capabilities);
    }

    /**
     * Something that the program does for its users.
     *
     * @param status {@code full}, {@code reduced} or {@code absent}
     * @param detail what works
     * @param reason why not more does; empty when all does
     */
    public record Row(String capability, String status, String detail, String reason) {}
}
