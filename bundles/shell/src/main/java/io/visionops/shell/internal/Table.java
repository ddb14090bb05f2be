package io.visionops.shell.internal;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.karaf.shell.support.table.Col;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/**
 * A table whose cells are made safe for a terminal, and which is made to fit one: text is
 * shortened, then columns are left out, of those that the command has marked as such.
 */
public final class Table {

    /** Between two columns: {@code " │ "}. */
    private static final int GAP = 3;

    /** A text is not shortened below this: less of a cause or an address says nothing. */
    private static final int LEAST = 24;

    private static final String CUT = "...";

    private final String emptyText;
    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * A column.
     *
     * @param right aligned to the right
     * @param text may be shortened
     * @param spare may be left out
     */
    private record Column(String header, boolean right, boolean text, boolean spare) {

        static Column of(String marked) {
            String header = marked.replaceFirst("^[>~?]+", "");
            String marks = marked.substring(0, marked.length() - header.length());
            return new Column(
                    header, marks.contains(">"), marks.contains("~"), marks.contains("?"));
        }
    }

    /**
     * @param headers marked in front: {@code >} aligned to the right, {@code ~} may be shortened,
     *     {@code ?} may be left out, the last one first. Names that one types and counts have
     *     neither.
     */
    public Table(String emptyText, String... headers) {
        this.emptyText = emptyText;
        this.columns = Arrays.stream(headers).map(Column::of).toList();
    }

    public void row(@Nullable Object... values) {
        rows.add(Arrays.stream(values).map(Plain::cell).toList());
    }

    /**
     * Prints it; what was left out is said below it.
     *
     * @param width characters of a line of the terminal; 0 when there is none
     */
    public void print(PrintStream out, int width) {
        int[] widths = natural();
        List<Integer> shown = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            shown.add(i);
        }
        List<Integer> left = width > 0 ? fit(widths, shown, width) : List.of();
        ShellTable table = new ShellTable().emptyTableText(emptyText);
        for (int i : shown) {
            Col column = table.column(columns.get(i).header());
            if (columns.get(i).right()) {
                column.alignRight();
            }
        }
        for (List<String> row : rows) {
            table.addRow()
                    .addContent(shown.stream().map(i -> cut(row.get(i), widths[i])).toArray());
        }
        table.print(out);
        if (!left.isEmpty()) {
            out.println(
                    left.stream()
                            .sorted()
                            .map(i -> columns.get(i).header())
                            .collect(Collectors.joining(", ", "left out here: ", "")));
            out.println("a wider terminal or --json shows all");
        }
    }

    private int[] natural() {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = columns.get(i).header().length();
            for (List<String> row : rows) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }

    /** Narrows {@code widths} and takes columns out of {@code shown}; returns those. */
    private List<Integer> fit(int[] widths, List<Integer> shown, int width) {
        List<Integer> left = new ArrayList<>();
        while (excess(least(widths), shown, width) > 0) {
            Optional<Integer> spare =
                    shown.stream()
                            .filter(i -> columns.get(i).spare())
                            .max(Comparator.naturalOrder());
            if (spare.isEmpty()) {
                break;
            }
            shown.remove(spare.get());
            left.add(spare.get());
        }
        for (int excess = excess(widths, shown, width); excess > 0; excess--) {
            Optional<Integer> widest =
                    shown.stream()
                            .filter(i -> widths[i] > LEAST && columns.get(i).text())
                            .max(Comparator.comparingInt(i -> widths[i]));
            if (widest.isEmpty()) {
                break;
            }
            widths[widest.get()]--;
        }
        return left;
    }

    private int[] least(int[] widths) {
        int[] least = widths.clone();
        for (int i = 0; i < least.length; i++) {
            if (columns.get(i).text()) {
                least[i] = Math.min(least[i], LEAST);
            }
        }
        return least;
    }

    private static int excess(int[] widths, List<Integer> shown, int width) {
        int all = GAP * (shown.size() - 1);
        for (int i : shown) {
            all += widths[i];
        }
        return all - width;
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - CUT.length()) + CUT;
    }
}
