package io.visionops.shell.internal.json;

import io.visionops.api.camera.ConnectionTest;
import java.util.List;

/** What a connection test found. */
public record ConnectionDocument(String url, boolean passed, List<StageRow> stages) {

    /** One stage. */
    public record StageRow(String name, boolean passed, String detail, long tookMs) {

        static StageRow of(ConnectionTest.Stage stage) {
            return new StageRow(
                    stage.name(), stage.passed(), stage.detail(), stage.took().toMillis());
        }
    }

    public static ConnectionDocument of(ConnectionTest test) {
        return new ConnectionDocument(
                test.maskedUrl(), test.passed(), test.stages().stream().map(StageRow::of).toList());
    }
}
