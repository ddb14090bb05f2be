package io.visionops.store.internal.read;

/** How many rows a page may have. */
final class PageLimit {

    static final int LARGEST = 1000;

    private PageLimit() {}

    /**
     * @throws IllegalArgumentException when no page may have so many rows
     */
    static void check(int limit) {
        if (limit < 1 || limit > LARGEST) {
            throw new IllegalArgumentException(
                    "limit " + limit + ": from 1 to " + LARGEST + " is allowed");
        }
    }
}
