package io.visionops.shell.internal;

import java.io.PrintStream;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** A table whose cells are made safe for a terminal. */
public final class Table {

    private final ShellTable table = new ShellTable();

    /**
     * @param headers those that begin with {@code >} are aligned to the right
     */
    public Table(String emptyText, String... headers) {
        table.emptyTableText(emptyText);
        for (String header : headers) {
            if (header.startsWith(">")) {
                table.column(header.substring(1)).alignRight();
            } else {
                table.column(header);
            }
        }
    }

    public void row(@Nullable Object... values) {
        Object[] cells = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            cells[i] = Plain.cell(values[i]);
        }
        table.addRow().addContent(cells);
    }

    public void print(PrintStream out) {
        table.print(out);
    }
}
