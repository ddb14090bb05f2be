package io.visionops.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;

import io.visionops.api.camera.Cameras;
import java.io.File;
import java.util.Arrays;
import java.util.List;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWiring;

/** The framework from inside: what is wired to what, and what a swap of one part touches. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class FrameworkIT {

    @Inject private BundleContext context;

    /** Injected once it is registered: the system is up. */
    @Inject private Cameras cameras;

    @Configuration
    public Option[] config() {
        return new Option[] {
            karafDistributionConfiguration()
                    .frameworkUrl(
                            "file:"
                                    + new File(System.getProperty("visionops.archive"))
                                            .getAbsolutePath())
                    .name("VisionOps")
                    .unpackDirectory(new File(System.getProperty("visionops.target"), "exam"))
                    .useDeployFolder(false),
            keepRuntimeFolder()
        };
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
        for (String part : List.of("processes", "store", "ingest", "inference", "shell")) {
            assertEquals(part, 0, wiring(part).getProvidedWires("osgi.wiring.package").size());
        }
    }

    @Test
    public void replacingOnePartLeavesTheOthersWired() throws Exception {
        for (String part : List.of("ingest", "inference", "store", "shell")) {
            List<BundleWiring> others = others(part);

            bundle(part).update();

            assertEquals(part, Bundle.ACTIVE, bundle(part).getState());
            List<BundleWiring> after = others(part);
            for (int i = 0; i < others.size(); i++) {
                assertSame(part, others.get(i), after.get(i));
            }
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
