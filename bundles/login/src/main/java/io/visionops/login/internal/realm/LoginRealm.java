package io.visionops.login.internal.realm;

import io.visionops.login.internal.guard.LoginListener;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import org.apache.karaf.jaas.boot.ProxyLoginModule;
import org.apache.karaf.jaas.config.JaasRealm;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/**
 * Takes the place of Karaf's realm of the same name, whose password module it replaces. Where this
 * realm is missing, Karaf's refuses every password, since it finds no service for its digests.
 */
public final class LoginRealm implements JaasRealm {

    private static final int ABOVE_KARAF = 1;

    private final Authenticator authenticator;
    private final Path keysFile;
    private final BundleContext context;
    private final LoginListener listener;

    public LoginRealm(
            Authenticator authenticator,
            Path keysFile,
            BundleContext context,
            LoginListener listener) {
        this.listener = listener;
        this.authenticator = authenticator;
        this.keysFile = keysFile;
        this.context = context;
    }

    @Override
    public String getName() {
        return "karaf";
    }

    @Override
    public int getRank() {
        return ABOVE_KARAF;
    }

    @Override
    public AppConfigurationEntry[] getEntries() {
        return new AppConfigurationEntry[] {
            entry(
                    PasswordLoginModule.class,
                    Map.of(PasswordLoginModule.AUTHENTICATOR, authenticator)),
            entry(
                    KeyLoginModule.class,
                    Map.of("users", keysFile.toString(), KeyLoginModule.LISTENER, listener))
        };
    }

    private AppConfigurationEntry entry(Class<?> module, Map<String, Object> more) {
        Map<String, Object> options = new HashMap<>(more);
        options.put(ProxyLoginModule.PROPERTY_MODULE, module.getName());
        options.put(
                ProxyLoginModule.PROPERTY_BUNDLE,
                Long.toString(FrameworkUtil.getBundle(module).getBundleId()));
        options.put(BundleContext.class.getName(), context);
        return new AppConfigurationEntry(
                ProxyLoginModule.class.getName(), LoginModuleControlFlag.OPTIONAL, options);
    }
}
