package io.visionops.login.internal.redaction;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.felix.utils.properties.TypedProperties;
import org.apache.karaf.config.core.ConfigRepository;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.ConfigurationAdmin;

/** What the commands of the scope config work on: secrets are masked, and kept when it is saved. */
final class MaskedRepository implements ConfigRepository {

    private final ConfigRepository real;

    MaskedRepository(ConfigRepository real) {
        this.real = real;
    }

    @Override
    public ConfigurationAdmin getConfigAdmin() {
        return MaskedConfigurations.of(real.getConfigAdmin());
    }

    @Override
    public TypedProperties getConfig(String pid) throws IOException, InvalidSyntaxException {
        TypedProperties properties = real.getConfig(pid);
        if (properties != null) {
            Map<String, Object> values = new HashMap<>(properties);
            values.forEach(
                    (key, value) -> {
                        Object masked = Mask.of(key, value);
                        // What is put loses the way it was written.
                        if (!masked.equals(value)) {
                            properties.put(key, masked);
                        }
                    });
        }
        return properties;
    }

    @Override
    public void delete(String pid) throws Exception {
        real.delete(pid);
    }

    @Override
    public boolean exists(String pid) throws Exception {
        return real.exists(pid);
    }

    @Override
    public void update(String pid, Map<String, Object> properties) throws IOException {
        real.update(pid, lifted(pid, properties));
    }

    @Override
    public void update(String pid, Map<String, Object> properties, String suffix)
            throws IOException {
        real.update(pid, lifted(pid, properties), suffix);
    }

    @Override
    public String createFactoryConfiguration(
            String factoryPid, Map<String, Object> properties, String suffix) throws IOException {
        return real.createFactoryConfiguration(factoryPid, properties, suffix);
    }

    @Override
    public String createFactoryConfiguration(String factoryPid, Map<String, Object> properties)
            throws IOException {
        return real.createFactoryConfiguration(factoryPid, properties);
    }

    @Override
    public String createFactoryConfiguration(
            String factoryPid, String alias, Map<String, Object> properties) throws IOException {
        return real.createFactoryConfiguration(factoryPid, alias, properties);
    }

    @Override
    public String createFactoryConfiguration(
            String factoryPid, String alias, Map<String, Object> properties, String suffix)
            throws IOException {
        return real.createFactoryConfiguration(factoryPid, alias, properties, suffix);
    }

    private Map<String, Object> lifted(String pid, Map<String, Object> saved) throws IOException {
        Map<String, Object> before = before(pid);
        Map<String, Object> lifted = new HashMap<>();
        for (Map.Entry<String, Object> entry : saved.entrySet()) {
            String key = entry.getKey();
            lifted.put(key, Mask.lifted(key, entry.getValue(), before.get(key)));
        }
        return lifted;
    }

    private Map<String, Object> before(String pid) throws IOException {
        try {
            TypedProperties properties = real.getConfig(pid);
            return properties == null ? Map.of() : properties;
        } catch (InvalidSyntaxException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
