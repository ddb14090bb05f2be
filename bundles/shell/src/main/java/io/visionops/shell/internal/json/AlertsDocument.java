package io.visionops.shell.internal.json;

import java.util.List;

/**
 * Alerts, the most pressing first.
 *
 * @param silences those in force
 */
public record AlertsDocument(List<AlertRow> alerts, List<SilenceRow> silences) {}
