package io.visionops.api.analysis;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Every analysis that is running. Thread-safe; never blocks on one. */
@ProviderType
public interface Analyses {

    /** Ordered by camera. */
    List<AnalysisStatus> statuses();
}
