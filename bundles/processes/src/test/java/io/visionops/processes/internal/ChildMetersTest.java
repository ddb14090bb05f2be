package io.visionops.processes.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.visionops.api.child.Child;
import io.visionops.api.time.Ticker;
import io.visionops.processes.internal.meter.Meters;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChildMetersTest {

    @TempDir Path data;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Children children;
    private HeldChildren processes;
    private ChildMeters meters;

    @BeforeEach
    void setUp() {
        children =
                new Children(
                        new Settings(data, Duration.ofMillis(100), 3, 2048),
                        Clock.systemUTC(),
                        Ticker.system(),
                        Meters.ofThisMachine(),
                        Launcher.ofThisMachine());
        processes = HeldChildren.of(children, "test");
        meters = new ChildMeters(children);
        meters.bindTo(registry);
    }

    @AfterEach
    void tearDown() {
        meters.close();
        children.close();
    }

    @Test
    void aChildIsShownByItsNameWhileItLives() throws Exception {
        Child child = processes.start(Specs.script("camera-gate", "while :; do :; done"));

        await().until(() -> value("visionops.child.memory") > 0);
        await().until(() -> value("visionops.child.cpu") > 0);
        assertThat(value("visionops.children")).isEqualTo(1);
        assertThat(value("visionops.child.starts")).isEqualTo(1);
        assertThat(registry.getMeters())
                .flatExtracting(meter -> meter.getId().getTags())
                .containsOnly(Tag.of("child", "camera-gate"));

        child.end(Duration.ZERO);
        await().until(() -> registry.find("visionops.child.memory").meters().isEmpty());
        await().until(() -> registry.find("visionops.child.cpu").meters().isEmpty());
        assertThat(value("visionops.children")).isZero();
        assertThat(value("visionops.child.starts")).isEqualTo(1);
    }

    @Test
    void aSecondRegistryShowsTheSameAndAClosedOneNothingMore() throws Exception {
        SimpleMeterRegistry second = new SimpleMeterRegistry();
        registry.close();
        meters.bindTo(second);

        processes.start(Specs.script("camera-gate", "sleep 60"));

        await().until(() -> second.find("visionops.child.memory").gauge() != null);
        assertThat(registry.find("visionops.child.memory").gauge()).isNull();
    }

    @Test
    void theHealthCheckSaysHowMuchRoomIsLeftAndWhatToDo() throws Exception {
        ChildrenCheck check = new ChildrenCheck(children);
        assertThat(check.execute().isOk()).isTrue();
        assertThat(check.execute().toString()).contains("0 of 3 children live");

        for (String name : new String[] {"one", "two", "three"}) {
            processes.start(Specs.script(name, "sleep 60"));
        }

        assertThat(check.execute().getStatus().name()).isEqualTo("CRITICAL");
        assertThat(check.execute().toString()).contains("max.children", "disable cameras");
    }

    private double value(String name) {
        for (var meter : registry.find(name).meters()) {
            return meter.measure().iterator().next().getValue();
        }
        return 0;
    }
}
