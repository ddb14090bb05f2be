package io.visionops.inference.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoadQueueTest {

    private final LoadQueue queue = new LoadQueue();

    @Test
    void givesThemAsTheyCome() {
        queue.fill(List.of("a", "b"));

        assertThat(queue.next()).contains("a");
        assertThat(queue.next()).contains("b");
        assertThat(queue.next()).isEmpty();
    }

    @Test
    void thoseAskedForComeFirstInTheOrderOfAsking() throws Exception {
        queue.want("d");
        queue.want("unknown");
        queue.fill(List.of("a", "b", "c", "d"));
        queue.want("c");

        assertThat(queue.next()).contains("d");
        assertThat(queue.awaitWanted()).contains("c");
        assertThat(queue.next()).contains("a");
    }

    @Test
    void whereThereIsNoChoiceNobodyNeedsToAsk() throws Exception {
        queue.fill(List.of("a"));

        queue.awaitDemand(TimeUnit.HOURS.toNanos(1));

        assertThat(queue.next()).contains("a");
    }

    @Test
    void theLastOneWaitsForARestTooUntilSomebodyAsks() throws Exception {
        queue.fill(List.of("a"));

        queue.rest(1);
        queue.want("a");
        queue.rest(TimeUnit.HOURS.toNanos(1));

        assertThat(queue.next()).contains("a");
    }

    @Test
    void nothingIsGivenAfterTheEnd() throws Exception {
        queue.fill(List.of("a", "b"));
        queue.want("b");
        queue.close();
        queue.fill(List.of("c"));

        assertThat(queue.next()).isEmpty();
        assertThat(queue.awaitWanted()).isEmpty();
    }
}
