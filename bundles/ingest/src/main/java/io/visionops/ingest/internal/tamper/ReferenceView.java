package io.visionops.ingest.internal.tamper;

/**
 * What a camera's pictures are like when all is well. Nobody changes one that has been handed over.
 *
 * @param directions where edges are
 * @param sharpness how steep they are, as {@link Sharpness} measures it
 * @param steps how much there is to see, as {@link Structure} measures it
 * @param contrast likewise
 */
record ReferenceView(EdgeMap directions, double sharpness, double steps, double contrast) {}
