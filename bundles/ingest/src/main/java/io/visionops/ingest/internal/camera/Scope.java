package io.visionops.ingest.internal.camera;

/**
 * What cameras share that may fail.
 *
 * @param name of the host or network; empty for the others
 */
record Scope(Kind kind, String name) {

    static final Scope ALL = new Scope(Kind.ALL, "");
    static final Scope NAMES = new Scope(Kind.NAMES, "");
    static final Scope OWN = new Scope(Kind.OWN, "");

    /** From narrow to wide: the narrowest that explains what was lost is suspected. */
    enum Kind {
        HOST,
        /** The name server of cameras that are known by name. */
        NAMES,
        SUBNET,
        ALL,
        /** This computer, which stood still. */
        OWN
    }

    static Scope host(String host) {
        return new Scope(Kind.HOST, host);
    }

    static Scope subnet(String prefix) {
        return new Scope(Kind.SUBNET, prefix);
    }
}
