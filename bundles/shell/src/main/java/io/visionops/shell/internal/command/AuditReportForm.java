package io.visionops.shell.internal.command;

import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.json.AuditReportDocument;
import io.visionops.shell.internal.json.AuditRow;
import io.visionops.shell.internal.json.AuditVerificationDocument;
import io.visionops.shell.internal.json.AuditVerificationDocument.FindingRow;
import io.visionops.shell.internal.json.Json;
import java.util.List;

/** How a report of the audit is written. */
enum AuditReportForm {
    CSV {
        @Override
        String text(AuditReportDocument report) {
            StringBuilder text = new StringBuilder();
            text.append("seq,time,actor,action,object,outcome,detail\r\n");
            for (AuditRow row : report.entries()) {
                List<String> cells = cells(row);
                for (int i = 0; i < cells.size(); i++) {
                    text.append(i == 0 ? "" : ",").append(cell(cells.get(i)));
                }
                text.append("\r\n");
            }
            return text.toString();
        }
    },
    JSON {
        @Override
        String text(AuditReportDocument report) {
            return Json.write(report) + "\n";
        }
    },
    HTML {
        @Override
        String text(AuditReportDocument report) {
            AuditVerificationDocument found = report.verification();
            StringBuilder text = new StringBuilder();
            text.append("<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\">\n");
            text.append("<title>VisionOps audit</title>\n<style>body{font:14px sans-serif}");
            text.append("table{border-collapse:collapse}td,th{border:1px solid #999;");
            text.append("padding:2px 6px;text-align:left;vertical-align:top}</style>\n");
            text.append("<h1>VisionOps audit</h1>\n<p><b>");
            text.append(found.good() ? "As it was written" : "THE AUDIT WAS CHANGED");
            text.append("</b>, verified at ").append(found.time()).append(": lines ");
            text.append(found.first()).append(" to ").append(found.last()).append(", ");
            text.append(found.epochs()).append(" epochs sealed, ").append(found.copies());
            text.append(" checkpoints from elsewhere, tags ");
            text.append(found.tags() ? "verified" : "not verified").append(".</p>\n<ul>\n");
            for (FindingRow one : found.findings()) {
                text.append("<li>").append(one.mark());
                text.append(escaped(one.kind())).append(", line ").append(one.seq());
                text.append(": ").append(escaped(one.words() + one.acceptance())).append("</li>\n");
            }
            text.append("</ul>\n<p>Checkpoint: <code>").append(escaped(report.checkpoint()));
            text.append("</code></p>\n<table><tr><th>No</th><th>Time</th><th>By</th>");
            text.append("<th>Action</th><th>On</th><th>Outcome</th><th>Detail</th></tr>\n");
            for (AuditRow row : report.entries()) {
                text.append("<tr>");
                cells(row)
                        .forEach(cell -> text.append("<td>").append(escaped(cell)).append("</td>"));
                text.append("</tr>\n");
            }
            return text.append("</table></html>\n").toString();
        }
    };

    abstract String text(AuditReportDocument report);

    /**
     * @throws CommandException when there is none of that name
     */
    static AuditReportForm named(String word) {
        return switch (word) {
            case "csv" -> CSV;
            case "json" -> JSON;
            case "html" -> HTML;
            default ->
                    throw new CommandException(
                            "--format " + Plain.line(word) + ": must be csv, json or html");
        };
    }

    private static List<String> cells(AuditRow row) {
        return List.of(
                Long.toString(row.seq()),
                row.time().toString(),
                row.actor(),
                row.action(),
                row.object(),
                row.outcome(),
                row.detail());
    }

    /** A cell that begins like a formula is none to a spreadsheet. */
    private static String cell(String text) {
        boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
        return "\"" + (formula ? "'" : "") + text.replace("\"", "\"\"") + "\"";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
