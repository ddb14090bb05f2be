package io.visionops.store.internal.picture;

import java.nio.file.Path;

/**
 * Where pictures lie, and what they are encrypted with.
 *
 * @param path of the folder, which need not be there yet
 */
public record PictureFolder(Path path, PictureKeys keys) {}
