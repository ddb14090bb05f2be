package io.visionops.security.internal.audit.watch;

import io.visionops.api.audit.Audit;
import io.visionops.api.audit.AuditEntry;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Audits changes of configurations, by file, command or page: which keys, and no values. Who did it
 * is known of commands, which stand before it in the audit. Thread-safe.
 */
@Component(service = ConfigurationListener.class)
public final class ConfigurationAudit implements ConfigurationListener {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationAudit.class);
    private static final Actor CONFIGURATION = Actor.part("configuration");

    /** They say where a configuration comes from. */
    private static final Set<String> OF_ITSELF =
            Set.of("service.pid", "service.factoryPid", "felix.fileinstall.filename");

    private final Audit audit;
    private final ConfigurationAdmin configurations;
    private final Clock clock = Clock.systemUTC();

    /** Digests of values by key, by configuration: no values are held. */
    private final Map<String, Map<String, Integer>> known = new ConcurrentHashMap<>();

    @Activate
    public ConfigurationAudit(@Reference Audit audit, @Reference ConfigurationAdmin admin)
            throws IOException, InvalidSyntaxException {
        this.audit = audit;
        configurations = admin;
        Configuration[] all = admin.listConfigurations(null);
        if (all != null) {
            for (Configuration one : all) {
                known.put(one.getPid(), digests(one.getProperties()));
            }
        }
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        String pid = event.getPid();
        if (event.getType() == ConfigurationEvent.CM_DELETED) {
            known.remove(pid);
            tell(pid, "removed");
            return;
        }
        if (event.getType() != ConfigurationEvent.CM_UPDATED) {
            return;
        }
        try {
            Configuration[] found = configurations.listConfigurations("(service.pid=" + pid + ")");
            if (found == null) {
                return;
            }
            Map<String, Integer> now = digests(found[0].getProperties());
            Map<String, Integer> before = known.put(pid, now);
            Set<String> changed = changed(before, now);
            if (before == null) {
                tell(pid, "added: " + String.join(", ", now.keySet()));
            } else if (!changed.isEmpty()) {
                tell(pid, "changed: " + String.join(", ", changed));
            }
        } catch (IOException | InvalidSyntaxException e) {
            LOG.warn("what was changed in {} is not known: {}", pid, e.getMessage());
            tell(pid, "changed");
        }
    }

    private static Set<String> changed(
            @Nullable Map<String, Integer> before, Map<String, Integer> now) {
        Set<String> changed = new TreeSet<>();
        if (before != null) {
            now.forEach(
                    (key, digest) -> {
                        if (!digest.equals(before.get(key))) {
                            changed.add(key);
                        }
                    });
            before.keySet().stream().filter(key -> !now.containsKey(key)).forEach(changed::add);
        }
        return changed;
    }

    private static Map<String, Integer> digests(@Nullable Dictionary<String, Object> properties) {
        Map<String, Integer> digests = new TreeMap<>();
        if (properties != null) {
            for (String key : Collections.list(properties.keys())) {
                if (!OF_ITSELF.contains(key)) {
                    digests.put(key, Arrays.deepHashCode(new Object[] {properties.get(key)}));
                }
            }
        }
        return digests;
    }

    private void tell(String pid, String detail) {
        audit.append(
                new AuditEntry(
                        clock.instant(),
                        CONFIGURATION,
                        "configuration-change",
                        new Subject("configuration", pid),
                        AuditEntry.OK,
                        detail));
    }
}
