package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.itests.Troubles.Outcome;
import io.visionops.testkit.rtsp.HostileCamera;
import io.visionops.testkit.rtsp.Mischief;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The table of docs/camera-faults.md, as target/faults.md: {@code mvn -B verify -Pbench -pl itests
 * -am -Dit.test=FaultTableBench}.
 */
@Tag("bench")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Isolated
class FaultTableBench {

    private static final Path FILE = Instance.TARGET.resolve("faults.md");

    /** So many cameras at once: what is measured is their troubles, not the machine's. */
    private static final int AT_ONCE = 8;

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofSeconds(15);
    private static final int OUTAGES = 20;

    /** What shows only when the first frame has been waited for. */
    private static final EnumSet<Mischief> SLOW =
            EnumSet.of(
                    Mischief.GARBAGE,
                    Mischief.HALF_OPEN,
                    Mischief.TRICKLE,
                    Mischief.HUGE_HEADER,
                    Mischief.ENDLESS_HEADERS,
                    Mischief.REDIRECT_LOOP,
                    Mischief.UNKNOWN_CODEC,
                    Mischief.INCOMPLETE,
                    Mischief.NO_KEY_FRAME,
                    Mischief.TIME_STANDS,
                    Mischief.ONE_FPS,
                    Mischief.NEW_CODEC);

    @Test
    @Order(1)
    void everyFault() throws Exception {
        FaultMedia media = FaultMedia.make();
        try (Instance instance = Instance.fresh("fault-table");
                HostileCamera hostile = HostileCamera.start(media.hostile());
                FaultCast cast = new FaultCast(instance, media, hostile)) {
            instance.start().expect(0);
            try (Bystander bystander = new Bystander(instance, media.hostile())) {
                List<Outcome> outcomes = new ArrayList<>();
                outcomes.addAll(new Troubles(instance).run(ofRealServers(cast)));
                List<Trouble> hostiles = new ArrayList<>();
                for (Mischief mischief : Mischief.values()) {
                    if (mischief != Mischief.NONE) {
                        hostiles.add(
                                cast.hostile(mischief, SLOW.contains(mischief) ? LONG : SHORT));
                    }
                }
                for (int from = 0; from < hostiles.size(); from += AT_ONCE) {
                    int to = Math.min(hostiles.size(), from + AT_ONCE);
                    outcomes.addAll(new Troubles(instance).run(hostiles.subList(from, to)));
                }
                Bystander.Account account = bystander.account();

                write(FaultTable.of(outcomes) + "\n" + account + "\n", false);
                account.assertThatNothingIsLost();
                assertThat(outcomes)
                        .filteredOn(one -> one.trouble().fault().contains("frozen"))
                        .allMatch(one -> isWithin(one.found(), 10));
            }
        }
    }

    private static List<Trouble> ofRealServers(FaultCast cast) throws IOException {
        List<Trouble> troubles = new ArrayList<>();
        for (String server : cast.realServers()) {
            String name = server.toLowerCase(Locale.ROOT);
            troubles.add(cast.killed(server, name + "-killed", Duration.ofSeconds(10)));
            troubles.add(cast.frozen(server, name + "-frozen", SHORT));
            troubles.add(cast.passwordChanged(server, name + "-password"));
        }
        troubles.add(cast.gstreamerPathChanged());
        troubles.add(cast.decoderKilled());
        troubles.add(cast.decoderFrozen());
        return troubles;
    }

    @Test
    @Order(2)
    void serversThatAreBackWithinTheFirstMinute() throws Exception {
        FaultMedia media = FaultMedia.make();
        StringBuilder table = new StringBuilder();
        table.append(
                "| outages of 3..60 s | frames after the server is back: median | p95 | most |\n");
        table.append("| --- | --- | --- | --- |\n");
        try (Instance instance = Instance.fresh("fault-outages");
                HostileCamera hostile = HostileCamera.start(media.hostile());
                FaultCast cast = new FaultCast(instance, media, hostile)) {
            instance.start().expect(0);
            for (String server : cast.realServers()) {
                for (boolean frozen : new boolean[] {false, true}) {
                    List<Long> times = outages(instance, cast, server, frozen);
                    table.append(
                            String.format(
                                    Locale.ROOT,
                                    "| %d x %s %s | %.1f s | %.1f s | %.1f s |\n",
                                    times.size(),
                                    server,
                                    frozen ? "frozen" : "killed",
                                    quantile(times, 0.5),
                                    quantile(times, 0.95),
                                    quantile(times, 1)));
                    write(table.toString(), true);
                    table.setLength(0);
                    assertThat(quantile(times, 0.95)).isLessThanOrEqualTo(5);
                }
            }
        }
    }

    private static List<Long> outages(
            Instance instance, FaultCast cast, String server, boolean frozen) throws Exception {
        List<Trouble> troubles = new ArrayList<>();
        for (int i = 1; i <= OUTAGES; i++) {
            String camera = server.toLowerCase(Locale.ROOT) + (frozen ? "-f" : "-k") + i;
            Duration lasts = Duration.ofSeconds(3L * i);
            troubles.add(
                    frozen
                            ? cast.frozen(server, camera, lasts)
                            : cast.killed(server, camera, lasts));
        }
        List<Outcome> outcomes = new Troubles(instance).run(troubles);
        cast.close();
        return outcomes.stream()
                // One that went on before anybody noticed was never away.
                .filter(one -> one.found().isPresent())
                .map(one -> one.recovered().orElseThrow().toMillis())
                .sorted()
                .toList();
    }

    private static double quantile(List<Long> sorted, double share) {
        int index = (int) Math.ceil(share * sorted.size()) - 1;
        return sorted.get(Math.max(0, index)) / 1e3;
    }

    private static boolean isWithin(Optional<Duration> time, int seconds) {
        return time.isPresent() && time.get().compareTo(Duration.ofSeconds(seconds)) <= 0;
    }

    private static void write(String text, boolean append) throws IOException {
        System.out.println(text);
        String before = append && Files.exists(FILE) ? Files.readString(FILE) : "";
        Files.writeString(FILE, before + text);
    }
}
