package io.visionops.ingest.internal.picture;

/** What one look at a picture says about one kind of fault. */
enum Evidence {
    FOR,
    AGAINST,
    /** It cannot be judged now, for want of light for example. */
    NONE
}
