package io.visionops.shell.internal.json;

import io.visionops.api.camera.Cause;
import io.visionops.api.camera.ConnectionTest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a connection test found. */
public record ConnectionDocument(boolean passed, List<AddressRow> addresses) {

    /** One address of the camera. */
    public record AddressRow(String url, boolean passed, List<StageRow> stages) {

        static AddressRow of(ConnectionTest.AddressResult trial) {
            return new AddressRow(
                    trial.maskedUrl(),
                    trial.failed().isEmpty(),
                    trial.stages().stream().map(StageRow::of).toList());
        }
    }

    /**
     * One stage.
     *
     * @param result {@code passed}, {@code failed} or {@code not-tried}
     * @param advice what to do; may come with a stage that passed
     */
    public record StageRow(
            String name,
            String result,
            @Nullable Long tookMs,
            @Nullable String found,
            @Nullable String cause,
            @Nullable String advice) {

        static StageRow of(ConnectionTest.Stage stage) {
            boolean tried = stage.result() != ConnectionTest.Result.NOT_TRIED;
            return new StageRow(
                    stage.name(),
                    stage.result().key(),
                    tried ? stage.took().toMillis() : null,
                    tried ? stage.found() : null,
                    stage.cause().map(Cause::key).orElse(null),
                    stage.advice().isEmpty() ? null : stage.advice());
        }
    }

    public static ConnectionDocument of(ConnectionTest test) {
        return new ConnectionDocument(
                test.passed(), test.trials().stream().map(AddressRow::of).toList());
    }
}
