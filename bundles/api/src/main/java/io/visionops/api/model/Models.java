package io.visionops.api.model;

import io.visionops.api.subject.Actor;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The model catalogue and the installed models. Thread-safe. */
@ProviderType
public interface Models {

    /** Catalogue and installed models, ordered by name. */
    List<ModelInfo> list();

    /**
     * Installs a model: fetched by its catalogue name or taken from a file, then verified, probed
     * and timed. Cameras with {@code detector = auto} take it when it is better than what they
     * have.
     *
     * @throws ModelException when it is not known, cannot be fetched, is not what it should be or
     *     does not work
     */
    ModelInfo install(String nameOrFile, Actor by) throws ModelException;
}
