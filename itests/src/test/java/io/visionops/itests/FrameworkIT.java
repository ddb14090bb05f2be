package io.visionops.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;

import io.visionops.api.camera.CameraChange;
import io.visionops.api.camera.CameraListener;
import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Cameras;
import io.visionops.api.camera.Cause;
import io.visionops.api.subject.Actor;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.options.extra.VMOption;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleWiring;

/** The framework from inside: what is wired to what, and what a swap of one part touches. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class FrameworkIT {

    private static final Actor TEST = Actor.user("test");

    @Inject private BundleContext context;

    private static final String KARAF = System.getProperty("karaf.version");

    /** As in bin/visionops; Pax Exam calls Java itself. */
    private static final List<String> JAVA_OPTIONS =
            List.of(
                    "--add-reads=java.xml=java.logging",
                    "--add-exports=java.base/org.apache.karaf.specs.locator=java.xml,ALL-UNNAMED",
                    "--patch-module",
                    "java.base=lib/endorsed/org.apache.karaf.specs.locator-" + KARAF + ".jar",
                    "--patch-module",
                    "java.xml=lib/endorsed/org.apache.karaf.specs.java.xml-" + KARAF + ".jar",
                    "--add-opens=java.base/java.security=ALL-UNNAMED",
                    "--add-opens=java.base/java.net=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "--add-opens=java.base/java.util=ALL-UNNAMED",
                    "--add-opens=java.naming/javax.naming.spi=ALL-UNNAMED",
                    "--add-opens=java.rmi/sun.rmi.transport.tcp=ALL-UNNAMED",
                    "--add-exports=java.base/sun.net.www.protocol.http=ALL-UNNAMED",
                    "--add-exports=java.base/sun.net.www.protocol.https=ALL-UNNAMED",
                    "--add-exports=java.base/sun.net.www.protocol.jar=ALL-UNNAMED",
                    "--add-exports=jdk.naming.rmi/com.sun.jndi.url.rmi=ALL-UNNAMED",
                    "--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED");

    /** Injected once it is registered: the system is up. */
    @Inject private Cameras cameras;

    @Configuration
    public Option[] config() throws IOException {
        File folder = new File(System.getProperty("visionops.target"), "exam");
        List<Option> options = new ArrayList<>();
        options.add(
                karafDistributionConfiguration()
                        .frameworkUrl("file:" + System.getProperty("visionops.archive"))
                        .name("VisionOps")
                        .karafVersion(KARAF)
                        .unpackDirectory(folder)
                        .useDeployFolder(false));
        options.add(new VMOption("-Dkaraf.startLocalConsole=false"));
        // The distribution asks nobody but itself for bundles; Pax Exam brings its own.
        options.add(
                editConfigurationFilePut(
                        "etc/org.ops4j.pax.url.mvn.cfg",
                        "org.ops4j.pax.url.mvn.defaultRepositories",
                        "${karaf.home.uri}${karaf.default.repository}@id=system.repository@snapshots,"
                                + new File(System.getProperty("visionops.maven")).toURI()
                                + "@id=build"));
        for (String option : JAVA_OPTIONS) {
            options.add(new VMOption(option));
        }
        options.add(new VMOption("-Dvisionops.http.port=" + RtspServer.freePort()));
        options.add(new VMOption("-Dvisionops.ssh.port=" + RtspServer.freePort()));
        options.add(new VMOption("-Dvisionops.data=" + new File(folder, "data")));
        options.add(
                new VMOption(
                        "-Dorg.bytedeco.javacpp.cachedir="
                                + System.getProperty("org.bytedeco.javacpp.cachedir")));
        return options.toArray(Option[]::new);
    }

    @Test
    public void everyBundleIsActiveAndProvidersExportNothing() {
        assertNotNull(cameras);
        for (Bundle bundle : context.getBundles()) {
            boolean fragment = bundle.getHeaders().get("Fragment-Host") != null;
            assertEquals(
                    bundle.toString(),
                    fragment ? Bundle.RESOLVED : Bundle.ACTIVE,
                    bundle.getState());
        }
        for (String part :
                List.of(
                        "login",
                        "processes",
                        "store",
                        "ingest",
                        "discovery",
                        "inference",
                        "health",
                        "backup",
                        "security",
                        "updater",
                        "shell",
                        "console")) {
            assertEquals(part, 0, wiring(part).getProvidedWires("osgi.wiring.package").size());
        }
    }

    /** Before it, whoever knocks would be let in by the rules of Karaf alone. */
    @Test
    public void loginsAreGuardedBeforeThereIsADoor() {
        int login = startLevel("io.visionops.login");

        for (String door :
                List.of("org.apache.karaf.shell.ssh", "org.ops4j.pax.web.pax-web-jetty")) {
            assertTrue(door, login < startLevel(door));
        }
    }

    private int startLevel(String name) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().equals(name))
                .mapToInt(bundle -> bundle.adapt(BundleStartLevel.class).getStartLevel())
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not there"));
    }

    @Test
    public void replacingOnePartLeavesTheOthersWired() throws Exception {
        for (String part :
                List.of(
                        "ingest",
                        "discovery",
                        "inference",
                        "store",
                        "health",
                        "backup",
                        "security",
                        "shell",
                        "console")) {
            List<BundleWiring> others = others(part);

            bundle(part).update();

            assertEquals(part, Bundle.ACTIVE, bundle(part).getState());
            List<BundleWiring> after = others(part);
            for (int i = 0; i < others.size(); i++) {
                assertSame(part, others.get(i), after.get(i));
            }
        }
    }

    @Test
    public void whoeverListensIsToldThatACameraIsNotThere() throws Exception {
        BlockingQueue<CameraChange> told = new LinkedBlockingQueue<>();
        ServiceRegistration<CameraListener> listening =
                context.registerService(
                        CameraListener.class, told::add, new Hashtable<String, Object>());
        try {
            cameras.add(
                    "absent",
                    Map.of("url", "rtsp://127.0.0.1:" + RtspServer.freePort() + "/"),
                    TEST);
            CameraChange change;
            do {
                change = told.poll(20, TimeUnit.SECONDS);
                assertNotNull("no change", change);
            } while (change.state() != CameraState.BACKOFF);

            assertEquals("absent", change.camera());
            assertEquals(Cause.REFUSED, change.fault().orElseThrow().cause());
            assertFalse(change.isOnline());
        } finally {
            listening.unregister();
            cameras.remove("absent", TEST);
        }
    }

    @Test
    public void everyCommandHasARuleAndIsRefusedToWhoeverMayNotUseIt() throws Exception {
        Set<String> commands = commands();
        assertTrue(commands.toString(), commands.size() > 150);
        List<String> wrong = new ArrayList<>();
        for (CommandRules.Role role : CommandRules.Role.values()) {
            for (String command : commands) {
                boolean allowed = role.compareTo(CommandRules.leastRole(command)) >= 0;
                // What is allowed is only asked for its help; what is not allowed is tried in
                // earnest.
                if (allowed != isAllowed(role, command)) {
                    wrong.add(role + (allowed ? " may not use " : " may use ") + command);
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    /** Of Karaf, and what other bundles register for Gogo. */
    private Set<String> commands() throws Exception {
        Object listed =
                as(CommandRules.Role.ADMIN, session -> session.execute("$.processor getCommands"));
        Set<String> commands = new TreeSet<>();
        for (Object command : (Set<?>) listed) {
            commands.add(command.toString());
        }
        return commands;
    }

    private boolean isAllowed(CommandRules.Role role, String command) throws Exception {
        if (role == CommandRules.Role.ADMIN) {
            // He may use all of them, and some would end the test.
            return true;
        }
        try {
            as(role, session -> session.execute(command + " --help"));
            return true;
        } catch (Exception e) {
            String name = e.getClass().getSimpleName();
            return !(name.equals("CommandNotFoundException") || e instanceof SecurityException);
        }
    }

    private interface Use {
        Object in(Session session) throws Exception;
    }

    /** As the ssh server does for a user of that role. */
    private Object as(CommandRules.Role role, Use use) throws Exception {
        Subject subject = new Subject();
        subject.getPrincipals().add(new UserPrincipal("somebody"));
        subject.getPrincipals().add(new RolePrincipal(role.name().toLowerCase(Locale.ROOT)));
        SessionFactory factory =
                context.getService(context.getServiceReference(SessionFactory.class));
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        try {
            return Subject.doAs(
                    subject,
                    (PrivilegedExceptionAction<Object>)
                            () -> {
                                Session session =
                                        factory.create(
                                                InputStream.nullInputStream(), nowhere, nowhere);
                                try {
                                    return use.in(session);
                                } finally {
                                    session.close();
                                }
                            });
        } catch (PrivilegedActionException e) {
            throw e.getException();
        }
    }

    private List<BundleWiring> others(String part) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> !bundle.getSymbolicName().equals("io.visionops." + part))
                .filter(bundle -> !bundle.getSymbolicName().startsWith("PAXEXAM"))
                .map(bundle -> bundle.adapt(BundleWiring.class))
                .toList();
    }

    private BundleWiring wiring(String part) {
        return bundle(part).adapt(BundleWiring.class);
    }

    private Bundle bundle(String part) {
        Bundle found =
                Arrays.stream(context.getBundles())
                        .filter(bundle -> bundle.getSymbolicName().equals("io.visionops." + part))
                        .findFirst()
                        .orElse(null);
        assertTrue(part, found != null);
        return found;
    }
}
