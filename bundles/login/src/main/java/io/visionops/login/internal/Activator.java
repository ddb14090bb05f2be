package io.visionops.login.internal;

import io.visionops.api.time.Ticker;
import io.visionops.api.user.Users;
import io.visionops.login.internal.audit.AuditTracker;
import io.visionops.login.internal.audit.LoginAudit;
import io.visionops.login.internal.digest.Argon2Encryption;
import io.visionops.login.internal.digest.Argon2id;
import io.visionops.login.internal.realm.Authenticator;
import io.visionops.login.internal.realm.LoginRealm;
import io.visionops.login.internal.realm.UserDirectory;
import io.visionops.login.internal.realm.UsersFile;
import io.visionops.login.internal.redaction.ViewTracker;
import io.visionops.login.internal.redaction.WebConsoleHook;
import io.visionops.login.internal.ssh.ForwardingRefusal;
import io.visionops.login.internal.ssh.SessionWatch;
import io.visionops.login.internal.ssh.SshSessions;
import io.visionops.login.internal.web.FilterTracker;
import io.visionops.login.internal.web.LoginPageContext;
import io.visionops.login.internal.web.RequestFilter;
import io.visionops.login.internal.web.SessionLogin;
import io.visionops.support.thread.DaemonThreads;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.concurrent.ThreadPoolExecutor;
import org.apache.karaf.jaas.config.JaasRealm;
import org.apache.karaf.jaas.modules.EncryptionService;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.hooks.service.EventListenerHook;
import org.osgi.framework.hooks.service.FindHook;
import org.osgi.service.cm.ManagedService;
import org.osgi.service.http.context.ServletContextHelper;

/**
 * Registers what guards the doors. Not a component: declarative services start later than this, and
 * what is not there when a door opens does not guard it.
 */
public final class Activator implements BundleActivator {

    /** What does not fit is done at the next login of that user, or at the next start. */
    private final ThreadPoolExecutor disk =
            DaemonThreads.pool(
                    "visionops-login-users",
                    1,
                    16,
                    Duration.ofSeconds(10),
                    new ThreadPoolExecutor.DiscardPolicy());

    @Override
    public void start(BundleContext context) {
        LoginAudit audit = new LoginAudit(Clock.systemUTC());
        new AuditTracker(context, audit).open();
        guardLogins(context, Path.of(context.getProperty("karaf.etc")), audit);
        maskSecrets(context);
        new ForwardingRefusal(context).open();
        new SessionWatch(context, audit).open();
    }

    private void guardLogins(BundleContext context, Path etc, LoginAudit audit) {
        Argon2id argon2id = new Argon2id();
        UsersFile users = new UsersFile(etc.resolve("users.properties"));
        Authenticator authenticator =
                new Authenticator(users, argon2id, Ticker.system(), audit, disk);
        authenticator.digestTypedPasswords();
        context.registerService(
                EncryptionService.class,
                new Argon2Encryption(argon2id),
                property("name", Argon2Encryption.NAME));
        context.registerService(
                JaasRealm.class,
                new LoginRealm(authenticator, etc.resolve("keys.properties"), context, audit),
                null);
        servePages(context, authenticator, audit);
        SshSessions sessions = new SshSessions(context);
        sessions.open();
        context.registerService(
                Users.class, new UserDirectory(users, etc, argon2id, sessions), null);
        filterRequests(context, new SessionLogin(authenticator));
    }

    /** For the pages of other parts: they name this context, and are asked for a login by it. */
    private static void servePages(
            BundleContext context, Authenticator authenticator, LoginAudit audit) {
        Dictionary<String, Object> properties =
                property("osgi.http.whiteboard.context.name", LoginPageContext.NAME);
        properties.put("osgi.http.whiteboard.context.path", "/");
        context.registerService(
                ServletContextHelper.class,
                new LoginPageContext(context.getBundle(), authenticator, audit),
                properties);
    }

    private static void filterRequests(BundleContext context, SessionLogin sessions) {
        RequestFilter filter = new RequestFilter(sessions);
        context.registerService(
                ManagedService.class, filter, property(Constants.SERVICE_PID, RequestFilter.PID));
        new FilterTracker(context, filter).open();
    }

    private static void maskSecrets(BundleContext context) {
        context.registerService(
                new String[] {FindHook.class.getName(), EventListenerHook.class.getName()},
                new WebConsoleHook(),
                null);
        ViewTracker.ofConfigurationAdmin(context).open();
        ViewTracker.ofRepository(context).open();
    }

    private static Dictionary<String, Object> property(String key, String value) {
        Dictionary<String, Object> property = new Hashtable<>();
        property.put(key, value);
        return property;
    }

    /** The framework unregisters what was registered, and its listeners. */
    @Override
    public void stop(BundleContext context) {
        disk.shutdown();
    }
}
