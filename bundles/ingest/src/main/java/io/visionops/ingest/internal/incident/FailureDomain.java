package io.visionops.ingest.internal.incident;

/**
 * What cameras share that may fail.
 *
 * @param name of the host or network; empty for the others
 */
record FailureDomain(Kind kind, String name) {

    static final FailureDomain ALL = new FailureDomain(Kind.ALL, "");
    static final FailureDomain NAMES = new FailureDomain(Kind.NAMES, "");
    static final FailureDomain OWN = new FailureDomain(Kind.OWN, "");

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

    static FailureDomain host(String host) {
        return new FailureDomain(Kind.HOST, host);
    }

    static FailureDomain subnet(String prefix) {
        return new FailureDomain(Kind.SUBNET, prefix);
    }
}
