package io.visionops.store.internal.health;

import io.visionops.api.recovery.RecoveryAction.Scope;
import io.visionops.api.recovery.RecoveryResult;
import io.visionops.api.subject.Subject;
import io.visionops.store.internal.StoreComponent;
import io.visionops.store.internal.StoreState;
import io.visionops.support.recovery.OfferedRepairs;
import io.visionops.support.recovery.TimedRepair;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The recovery action of the store; there also while the database cannot be opened. */
@Component(
        service = {},
        immediate = true)
public final class StoreRepairs {

    private static final Subject STORE = Subject.part("store");

    /** The closing writes what waits, which takes 15 s at most. */
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final Duration OPENING = Duration.ofSeconds(10);

    private final OfferedRepairs repairs;

    /** Closes and opens. */
    @FunctionalInterface
    interface Reopening {

        /** Returns whether the database was open within the limit. */
        boolean run(Duration limit) throws InterruptedException;
    }

    @Activate
    public StoreRepairs(BundleContext context, @Reference StoreComponent store) {
        repairs = new OfferedRepairs(context, reopen(store::reopen, store::state));
    }

    @Deactivate
    void close() {
        repairs.close();
    }

    static TimedRepair reopen(Reopening reopening, Supplier<Optional<StoreState>> state) {
        return new TimedRepair(
                "store.reopen",
                Scope.COMPONENT,
                "queries fail for some seconds; what is to be written waits in the parts",
                DEADLINE,
                () -> List.of(STORE),
                (target, reason, actor) -> {
                    if (reopening.run(OPENING)) {
                        return RecoveryResult.done("the database was closed and is open again");
                    }
                    String why =
                            state.get()
                                    .map(one -> one.trouble().orElse("it is still being opened"))
                                    .orElse("no data folder is known");
                    return RecoveryResult.failed("the database is not open: " + why);
                });
    }
}
