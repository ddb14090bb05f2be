package io.visionops.store.internal.sqlite;

import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What an exception of the database means for the one who writes. */
public final class Faults {

    private Faults() {}

    /** The fault lies in what was written, not in the database: anything else can be written. */
    public static boolean isOfTheEntry(Exception failure) {
        return failure instanceof RuntimeException
                || switch (primaryCode(failure)) {
                    case SQLITE_CONSTRAINT, SQLITE_TOOBIG, SQLITE_MISMATCH -> true;
                    default -> false;
                };
    }

    /** Another process holds the lock; it passes. */
    public static boolean isBusy(Exception failure) {
        return switch (primaryCode(failure)) {
            case SQLITE_BUSY, SQLITE_LOCKED -> true;
            default -> false;
        };
    }

    /** The disk, or the allowed size of the file, is used up; the connection itself is sound. */
    public static boolean isFull(Exception failure) {
        return primaryCode(failure) == SQLiteErrorCode.SQLITE_FULL;
    }

    /** What is in the file is not what was written. */
    public static boolean isDamaged(Exception failure) {
        return switch (primaryCode(failure)) {
            case SQLITE_CORRUPT, SQLITE_NOTADB -> true;
            default -> false;
        };
    }

    /** One line for a person. */
    public static String inWords(Exception failure) {
        return switch (primaryCode(failure)) {
            case SQLITE_FULL -> "the disk is full";
            case SQLITE_NOTADB -> "the file is not an SQLite database, or its head is damaged";
            case SQLITE_CORRUPT -> "the database is damaged";
            case SQLITE_CANTOPEN -> "the file cannot be opened or created";
            case SQLITE_READONLY -> "the file or its folder cannot be written";
            case SQLITE_BUSY, SQLITE_LOCKED -> "another program holds the lock of the database";
            default -> String.valueOf(failure.getMessage()).replaceAll("\\s+", " ");
        };
    }

    private static SQLiteErrorCode primaryCode(Exception failure) {
        // An extended code carries its primary code in the low byte.
        return failure instanceof SQLiteException sqlite
                ? SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & 0xff)
                : SQLiteErrorCode.UNKNOWN_ERROR;
    }
}
