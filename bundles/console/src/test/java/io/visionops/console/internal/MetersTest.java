package io.visionops.console.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.visionops.api.time.Ticker;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetersTest {

    private final AtomicReference<Set<BuildInfo.Part>> active =
            new AtomicReference<>(Set.of(new BuildInfo.Part("ingest", "1.0.0")));
    private final Meters meters = new Meters(active::get, Ticker.system());

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void aPartsMetersGoWhenThePartGoes() {
        MeterBinder part = counting("visionops.things", 7);

        meters.add(part, "part");
        assertThat(meters.scrape()).contains("visionops_things_total 7.0");

        meters.remove(part);
        assertThat(meters.scrape()).doesNotContain("visionops_things");
    }

    @Test
    void aPartThatComesBackIsShownOnceAndFromTheBeginning() {
        for (int swap = 0; swap < 6; swap++) {
            MeterBinder part = counting("visionops.things", swap);
            meters.add(part, "part");

            assertThat(meters.scrape().lines())
                    .filteredOn(line -> line.startsWith("visionops_things"))
                    .containsExactly("visionops_things_total " + (double) swap);
            meters.remove(part);
        }
    }

    @Test
    void thePartThatGoesLeavesTheMetersOfOthers() {
        MeterBinder goes = counting("visionops.first", 1);
        meters.add(goes, "first");
        meters.add(counting("visionops.second", 2), "second");

        meters.remove(goes);
        meters.add(counting("visionops.third", 3), "third");

        assertThat(meters.scrape())
                .contains("visionops_second_total 2.0", "visionops_third_total 3.0", "jvm_memory")
                .doesNotContain("visionops_first");
    }

    @Test
    void aPartThatFailsToRegisterItsMetersHarmsNobodyAndLeavesNone() {
        meters.add(
                registry -> {
                    counter("visionops.half", registry).increment();
                    throw new IllegalStateException("broken on purpose");
                },
                "broken");
        meters.add(counting("visionops.things", 1), "part");

        assertThat(meters.scrape())
                .contains("visionops_things_total 1.0")
                .doesNotContain("visionops_half");
    }

    @Test
    void aMeterThatFailsIsLeftOutOfTheScrapeAlone() {
        meters.add(
                registry ->
                        FunctionCounter.builder(
                                        "visionops.broken",
                                        this,
                                        self -> {
                                            throw new IllegalStateException("broken on purpose");
                                        })
                                .register(registry),
                "broken");
        meters.add(counting("visionops.things", 1), "part");

        assertThat(meters.scrape())
                .contains("visionops_things_total 1.0")
                .doesNotContain("visionops_broken");
    }

    @Test
    void aMeterThatIsRegisteredAfterItsPartWentIsNotShown() {
        AtomicReference<MeterRegistry> registry = new AtomicReference<>();
        MeterBinder part = registry::set;
        meters.add(part, "part");
        meters.remove(part);

        assertThatCode(() -> counter("visionops.late", registry.get()).increment())
                .doesNotThrowAnyException();

        assertThat(meters.scrape()).doesNotContain("visionops_late");
    }

    @Test
    void aGaugeIsReadAtEachScrape() {
        AtomicReference<Double> level = new AtomicReference<>(1.0);
        meters.add(
                registry ->
                        Gauge.builder("visionops.level", level, AtomicReference::get)
                                .register(registry),
                "part");

        assertThat(meters.scrape()).contains("visionops_level 1.0");
        level.set(2.0);
        assertThat(meters.scrape()).contains("visionops_level 2.0");
    }

    @Test
    void theVersionsAreThoseOfTheMoment() {
        assertThat(meters.scrape())
                .contains("visionops_build_info{part=\"ingest\",version=\"1.0.0\"} 1");

        active.set(Set.of(new BuildInfo.Part("ingest", "1.0.1")));

        assertThat(meters.scrape())
                .contains("visionops_build_info{part=\"ingest\",version=\"1.0.1\"} 1")
                .doesNotContain("version=\"1.0.0\"");
    }

    @Test
    void itsOwnMetersAreTheJvmsAndHowLongAScrapeTakes() {
        meters.scrape();

        assertThat(meters.scrape().lines())
                .filteredOn(line -> line.startsWith("# TYPE"))
                .extracting(line -> line.split(" ")[2])
                .anyMatch(name -> name.startsWith("jvm_gc_"))
                .contains("jvm_memory_used_bytes", "jvm_threads_live_threads")
                .contains("jvm_classes_loaded_classes", "process_uptime_seconds")
                .contains("visionops_scrape_duration_seconds")
                .allMatch(name -> name.matches("(jvm_|process_|visionops_(scrape|build)).*"));
    }

    private static MeterBinder counting(String name, double value) {
        return registry -> counter(name, registry).increment(value);
    }

    private static Counter counter(String name, MeterRegistry registry) {
        return Counter.builder(name).description("for the test").register(registry);
    }
}
