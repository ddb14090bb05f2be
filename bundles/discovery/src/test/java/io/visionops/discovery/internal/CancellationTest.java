package io.visionops.discovery.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CancellationTest {

    private final Cancellation cancellation = new Cancellation();
    private final List<String> done = new ArrayList<>();

    @Test
    void whatWaitsIsEndedOnce() {
        cancellation.onCancel(() -> done.add("wait"));
        assertThat(cancellation.isCancelled()).isFalse();
        assertThat(done).isEmpty();

        cancellation.cancel();
        cancellation.cancel();

        assertThat(cancellation.isCancelled()).isTrue();
        assertThat(done).containsExactly("wait");
    }

    @Test
    void whoeverComesLateDoesNotWait() {
        cancellation.cancel();

        cancellation.onCancel(() -> done.add("late"));

        assertThat(done).containsExactly("late");
    }

    @Test
    void whatIsOverIsLeftAlone() {
        Runnable over = () -> done.add("over");
        cancellation.onCancel(over);
        cancellation.onCancel(() -> done.add("waits"));

        cancellation.forget(over);
        cancellation.cancel();

        assertThat(done).containsExactly("waits");
    }

    @Test
    void whoeverIsWokenUpMayAskAndLeave() {
        Runnable asks =
                new Runnable() {
                    @Override
                    public void run() {
                        done.add("cancelled: " + cancellation.isCancelled());
                        cancellation.forget(this);
                    }
                };
        cancellation.onCancel(asks);

        cancellation.cancel();

        assertThat(done).containsExactly("cancelled: true");
    }
}
