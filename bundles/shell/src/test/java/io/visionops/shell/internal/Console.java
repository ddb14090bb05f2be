package io.visionops.shell.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Registry;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.impl.action.command.ManagerImpl;
import org.apache.karaf.shell.impl.console.SessionFactoryImpl;
import org.apache.karaf.shell.impl.console.parsing.CommandLineParser;
import org.apache.karaf.shell.support.ShellUtil;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * Karaf's own shell without its remote side: lines are parsed, options injected and exceptions
 * printed by the code that does so in production. Services live in a real framework.
 */
final class Console implements AutoCloseable {

    private final Framework framework;
    private final ThreadIOImpl threads = new ThreadIOImpl();
    private final SessionFactoryImpl factory = new SessionFactoryImpl(threads);
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Session session;

    /** What a test has not offered does not come. */
    private Duration patience = Duration.ofMillis(20);

    Console(Path storage, Clock clock) throws BundleException {
        framework =
                ServiceLoader.load(FrameworkFactory.class)
                        .findFirst()
                        .orElseThrow()
                        .newFramework(
                                Map.of(
                                        "org.osgi.framework.storage",
                                        storage.toString(),
                                        "felix.log.level",
                                        "1"));
        framework.start();
        threads.start();
        factory.register(framework.getBundleContext());
        ManagerImpl manager = new ClockedManager(factory, clock);
        Commands.ALL.forEach(manager::register);
        Classes.completers().forEach(manager::register);
        manager.register(LineParser.class);
        session =
                factory.create(
                        new ByteArrayInputStream(new byte[0]),
                        new PrintStream(printed, true, StandardCharsets.UTF_8),
                        new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    /** Gives the commands the clock of the test, which Karaf cannot. */
    private final class ClockedManager extends ManagerImpl {

        private final Clock clock;

        ClockedManager(Registry registry, Clock clock) {
            super(registry, registry);
            this.clock = clock;
        }

        @Override
        public <T> T instantiate(Class<? extends T> type, Registry registry) throws Exception {
            T instance = super.instantiate(type, registry);
            if (instance instanceof VisionOpsCommand<?> command) {
                command.setClock(clock);
                command.setPatience(patience);
            }
            return instance;
        }
    }

    /** Parts come while they are waited for. */
    void setPatience(Duration patience) {
        this.patience = patience;
    }

    <T> ServiceRegistration<T> offer(Class<T> type, T service) {
        return framework.getBundleContext().registerService(type, service, null);
    }

    BundleContext bundles() {
        return framework.getBundleContext();
    }

    /** A bundle that does nothing. */
    Bundle install(String symbolicName) throws BundleException {
        return framework
                .getBundleContext()
                .installBundle("test:" + symbolicName, emptyBundle(symbolicName));
    }

    private static InputStream emptyBundle(String symbolicName) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", symbolicName);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            jar.putNextEntry(new ZipEntry("empty"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    /**
     * Types a line.
     *
     * @return what it printed
     */
    String run(String line) {
        printed.reset();
        try {
            session.execute(line);
        } catch (Exception e) {
            throw new AssertionError(line + " failed", e);
        }
        return text();
    }

    /** The exit status with which a line ends that does not fail. */
    int status(String line) {
        try {
            return session.execute(line) instanceof Integer status ? status : 0;
        } catch (Exception e) {
            throw new AssertionError(line + " failed", e);
        }
    }

    /**
     * Types a line that fails.
     *
     * @return what the remote shell prints then
     */
    String fail(String line) {
        printed.reset();
        try {
            session.execute(line);
        } catch (Exception e) {
            ShellUtil.logException(session, e);
            return text();
        }
        throw new AssertionError(line + " did not fail, it printed: " + text());
    }

    /** What the tab key offers at the end of a line. */
    List<String> complete(String line) {
        List<String> candidates = new ArrayList<>();
        CommandLine words = CommandLineParser.buildCommandLine(session, line, line.length());
        for (Command command : session.getRegistry().getCommands()) {
            Completer completer = command.getCompleter(false);
            if (completer != null) {
                completer.complete(session, words, candidates);
            }
        }
        return candidates.stream().map(String::strip).sorted().toList();
    }

    void currentDir(Path folder) {
        session.currentDir(folder);
    }

    /** As the program {@code visionops} says how wide the terminal is. */
    void columns(int columns) {
        session.put("COLUMNS", String.valueOf(columns));
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws Exception {
        session.close();
        factory.stop();
        threads.stop();
        framework.stop();
        framework.waitForStop(5000);
    }
}
