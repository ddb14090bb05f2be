package io.visionops.api.discovery;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Finds cameras on the network and asks them for their streams. Thread-safe. */
@ProviderType
public interface Discovery {

    /**
     * Looks for devices and asks each for its streams; takes as long as the search allows at most.
     * Nothing is configured by it. A device that is hostile, broken or in want of a login is in the
     * answer with what is known of it and one line about the rest.
     *
     * @return ordered by host; devices that were found by several ways are listed once
     * @throws DiscoveryException when the search itself is wrong or cannot be made
     */
    List<Device> discover(Search search) throws DiscoveryException;
}
