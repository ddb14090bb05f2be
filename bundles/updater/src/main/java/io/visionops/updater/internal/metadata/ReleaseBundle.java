package io.visionops.updater.internal.metadata;

/**
 * A bundle of a release.
 *
 * @param name its symbolic name
 * @param version as OSGi writes it, with three parts or four
 * @param path the file of the release that it is
 */
public record ReleaseBundle(String name, String version, String path) {}
