package io.visionops.inference.internal.count;

/**
 * What a counter knows of the objects under way, as a document: its record components are the JSON
 * fields. Lines and zones are named, so that a state survives a change of settings.
 *
 * @param version of this form, 1
 */
public record CounterState(int version) {

    public static final int VERSION = 1;
}
