package io.visionops.updater.internal.metadata;

/** Who signs what. Each kind of metadata has a limit that is looked at before it is read. */
public enum Role {
    ROOT("root", 64 * 1024),
    TIMESTAMP("timestamp", 16 * 1024),
    SNAPSHOT("snapshot", 256 * 1024),
    TARGETS("targets", 1024 * 1024);

    private final String word;
    private final int mostBytes;

    Role(String word, int mostBytes) {
        this.word = word;
        this.mostBytes = mostBytes;
    }

    /** As it stands in metadata and in names of files. */
    public String word() {
        return word;
    }

    public int mostBytes() {
        return mostBytes;
    }

    /** The timestamp alone has no version in its name: nobody knows the newest one before. */
    public String fileName(long version) {
        return this == TIMESTAMP ? "timestamp.json" : version + "." + word + ".json";
    }
}
