package io.visionops.api.database;

/**
 * One place of the database where what is stored is not what was written.
 *
 * @param table that it is in; empty when it concerns the file as a whole
 * @param row its key, such as {@code seq=17}; empty when it is not one row
 * @param what is wrong; one line
 */
public record IntegrityDamage(String table, String row, String what) {

    /** One line for a person. */
    public String inWords() {
        String place = table.isEmpty() ? "the file" : "table " + table;
        return place + (row.isEmpty() ? "" : ", row " + row) + ": " + what;
    }
}
