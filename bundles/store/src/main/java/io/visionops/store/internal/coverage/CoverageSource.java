package io.visionops.store.internal.coverage;

/** Who gives an account of a camera's time. */
public enum CoverageSource {
    /** The reader of the camera: were there pictures, and if not, why. */
    FEED("feed"),
    /** The analysis: were they looked at. */
    ANALYSIS("analysis");

    private final String word;

    CoverageSource(String word) {
        this.word = word;
    }

    /** As it is stored. */
    public String word() {
        return word;
    }
}
