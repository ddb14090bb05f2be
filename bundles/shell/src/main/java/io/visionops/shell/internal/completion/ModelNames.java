package io.visionops.shell.internal.completion;

import io.visionops.api.model.ModelInfo;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Names of the known models. */
@Service
public final class ModelNames extends Names {

    @Override
    protected Stream<String> names(Parts parts) {
        return parts.find(Part.MODELS).stream()
                .flatMap(models -> models.list().stream())
                .map(ModelInfo::name);
    }
}
