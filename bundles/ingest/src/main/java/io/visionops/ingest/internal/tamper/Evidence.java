package io.visionops.ingest.internal.tamper;

/** What one look at a picture says about one kind of fault. */
enum Evidence {
    FOR,
    AGAINST,
    /** It cannot be judged now, for want of light for example. */
    NONE
}
