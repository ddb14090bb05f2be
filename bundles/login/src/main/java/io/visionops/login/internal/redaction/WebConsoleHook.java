package io.visionops.login.internal.redaction;

import java.util.Collection;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.hooks.service.EventListenerHook;
import org.osgi.framework.hooks.service.FindHook;
import org.osgi.framework.hooks.service.ListenerHook.ListenerInfo;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Shows the web console the masked view of the configuration admin, and everybody else the real
 * one.
 */
public final class WebConsoleHook implements FindHook, EventListenerHook {

    private static final String WEB_CONSOLE = "org.apache.karaf.webconsole.console";

    @Override
    public void find(
            BundleContext context,
            String name,
            String filter,
            boolean all,
            Collection<ServiceReference<?>> found) {
        found.removeIf(service -> isHidden(service, context));
    }

    @Override
    public void event(ServiceEvent event, Map<BundleContext, Collection<ListenerInfo>> listeners) {
        listeners.keySet().removeIf(context -> isHidden(event.getServiceReference(), context));
    }

    private static boolean isHidden(ServiceReference<?> service, BundleContext from) {
        if (!(service.getProperty(Constants.OBJECTCLASS) instanceof String[] types)
                || types.length != 1
                || !types[0].equals(ConfigurationAdmin.class.getName())) {
            return false;
        }
        boolean masked = service.getProperty(ViewTracker.MASKED) != null;
        return masked != WEB_CONSOLE.equals(from.getBundle().getSymbolicName());
    }
}
