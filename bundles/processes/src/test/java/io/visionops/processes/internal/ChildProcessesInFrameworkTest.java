package io.visionops.processes.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.visionops.api.child.Child;
import io.visionops.api.child.ChildProcesses;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.ConfigurationAdmin;

/** This bundle as it is built, in the framework, SCR and configuration admin of Karaf. */
@Timeout(60)
class ChildProcessesInFrameworkTest {

    /** Shared with the test, so that it can call what it finds. */
    private static final String SHARED =
            "io.visionops.api.child;version=1.0.0,io.visionops.api.time;version=1.0.0,"
                    + "io.micrometer.core.instrument;version=1.17.2,"
                    + "io.micrometer.core.instrument.binder;version=1.17.2,"
                    + "org.apache.felix.hc.api;version=2.0.0,"
                    + "org.slf4j;version=2.0.0,oshi;version=6.12.0,oshi.software.os;version=6.12.0,"
                    + "org.osgi.service.cm;version=1.6.1,org.osgi.util.promise;version=1.3.0,"
                    + "org.osgi.service.component;version=1.5.1,"
                    + "org.osgi.service.component.runtime;version=1.5.0,"
                    + "org.osgi.service.component.runtime.dto;version=1.5.0";

    @TempDir Path folder;

    private Framework framework;
    private Bundle processes;

    private final Locale locale = Locale.getDefault();

    @BeforeEach
    void boot() throws Exception {
        // Felix writes versions with the digits of the locale and does not read them back; the
        // launcher therefore starts it in English.
        Locale.setDefault(Locale.ENGLISH);
        framework =
                new FrameworkFactory()
                        .newFramework(
                                Map.of(
                                        Constants.FRAMEWORK_STORAGE,
                                        folder.resolve("cache").toString(),
                                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                                        SHARED,
                                        "visionops.data",
                                        data().toString()));
        framework.start();
        install(jarOf(org.apache.felix.cm.PersistenceManager.class)).start();
        install(jarOf(org.apache.felix.scr.info.ScrInfo.class)).start();
        processes =
                install(
                        "reference:"
                                + ChildRegistry.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation());
        processes.start();
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(20_000);
        Locale.setDefault(locale);
    }

    @Test
    void aBundleThatStopsWithoutDetachingLeavesItsChildrenToTheNext() throws Exception {
        Bundle old = client("ingest-1");
        Child started = processesOf(old).start(Specs.command("cam", "sleep", "60"));
        Bundle next = client("ingest-2");
        assertThat(processesOf(next).claim("cam")).isEmpty();

        old.stop();

        assertThat(processesOf(next).claim("cam"))
                .hasValueSatisfying(
                        child ->
                                assertThat(child.process().pid())
                                        .isEqualTo(started.process().pid()));
        assertThatThrownBy(() -> started.output().read()).isInstanceOf(IOException.class);
    }

    @Test
    void stoppingThisBundleEndsEveryChildAndItsRestartStartsAnew() throws Exception {
        Bundle client = client("ingest");
        Child child = processesOf(client).start(Specs.command("cam", "sleep", "60"));
        assertThat(data().resolve("run/children/cam.child")).exists();

        processes.stop();

        assertThat(child.isAlive()).isFalse();
        assertThat(data().resolve("run/children")).isEmptyDirectory();

        processes.start();
        assertThat(processesOf(client).start(Specs.command("cam", "sleep", "60")).isAlive())
                .isTrue();
    }

    @Test
    void aChangeOfConfigurationIsTakenOverAndEndsNoChild() throws Exception {
        ChildProcesses processes = processesOf(client("ingest"));
        Child child = processes.start(Specs.command("one", "sleep", "60"));

        configure("max.children", "1");

        await().atMost(10, TimeUnit.SECONDS)
                .untilAsserted(
                        () ->
                                assertThatThrownBy(
                                                () ->
                                                        processes
                                                                .start(Specs.command("two", "true"))
                                                                .exit()
                                                                .get(10, TimeUnit.SECONDS))
                                        .hasMessageContaining("1 children live already"));
        assertThat(child.isAlive()).isTrue();
    }

    @Test
    void aWrongConfigurationLeavesTheLastGoodOneInForce() throws Exception {
        configure("max.children", "many");

        Child child = processesOf(client("ingest")).start(Specs.command("one", "sleep", "60"));

        assertThat(child.isAlive()).isTrue();
    }

    @Test
    void nothingIsExported() {
        assertThat(processes.getHeaders().get(Constants.EXPORT_PACKAGE)).isNull();
    }

    private Path data() {
        return folder.resolve("data");
    }

    private void configure(String key, String value) throws Exception {
        BundleContext context = framework.getBundleContext();
        ConfigurationAdmin admin =
                context.getService(context.getServiceReference(ConfigurationAdmin.class));
        admin.getConfiguration(ChildRegistry.PID, "?")
                .update(FrameworkUtil.asDictionary(Map.of(key, value)));
    }

    private static ChildProcesses processesOf(Bundle client) throws Exception {
        BundleContext context = client.getBundleContext();
        await().atMost(10, TimeUnit.SECONDS)
                .until(() -> context.getServiceReference(ChildProcesses.class) != null);
        ServiceReference<ChildProcesses> reference =
                context.getServiceReference(ChildProcesses.class);
        return context.getService(reference);
    }

    /** A bundle with nothing in it, in whose name the test asks for services. */
    private Bundle client(String name) throws Exception {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        headers.putValue(Constants.BUNDLE_SYMBOLICNAME, name);
        headers.putValue(Constants.IMPORT_PACKAGE, ChildProcesses.class.getPackageName());
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        new JarOutputStream(jar, manifest).close();
        Bundle bundle =
                framework
                        .getBundleContext()
                        .installBundle(name, new ByteArrayInputStream(jar.toByteArray()));
        bundle.start();
        return bundle;
    }

    private Bundle install(String location) throws Exception {
        return framework.getBundleContext().installBundle(location);
    }

    private static String jarOf(Class<?> inside) {
        URL location = inside.getProtectionDomain().getCodeSource().getLocation();
        return location.toString();
    }
}
