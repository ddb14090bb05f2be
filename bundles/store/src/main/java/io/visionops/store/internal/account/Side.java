package io.visionops.store.internal.account;

/** Who gives an account of a camera's time. */
public enum Side {
    /** The reader of the camera: were there pictures, and if not, why. */
    FEED("feed"),
    /** The analysis: were they looked at. */
    ANALYSIS("analysis");

    private final String word;

    Side(String word) {
        this.word = word;
    }

    /** As it is stored. */
    public String word() {
        return word;
    }
}
