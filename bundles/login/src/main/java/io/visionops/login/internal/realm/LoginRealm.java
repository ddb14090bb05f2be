package io.visionops.login.internal.realm;

import java.nio.file.Path;
import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import org.apache.karaf.jaas.boot.ProxyLoginModule;
import org.apache.karaf.jaas.config.JaasRealm;
import org.apache.karaf.jaas.modules.publickey.PublickeyLoginModule;
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

    public LoginRealm(Authenticator authenticator, Path keysFile, BundleContext context) {
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
            entry(PasswordLoginModule.class, PasswordLoginModule.AUTHENTICATOR, authenticator),
            entry(PublickeyLoginModule.class, "users", keysFile.toString())
        };
    }

    private AppConfigurationEntry entry(Class<?> module, String option, Object value) {
        return new AppConfigurationEntry(
                ProxyLoginModule.class.getName(),
                LoginModuleControlFlag.OPTIONAL,
                Map.of(
                        ProxyLoginModule.PROPERTY_MODULE,
                        module.getName(),
                        ProxyLoginModule.PROPERTY_BUNDLE,
                        Long.toString(FrameworkUtil.getBundle(module).getBundleId()),
                        BundleContext.class.getName(),
                        context,
                        option,
                        value));
    }
}
