package io.visionops.shell.internal.command;

import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.completion.Labels;
import io.visionops.shell.internal.completion.LineNames;
import io.visionops.shell.internal.completion.ZoneNames;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** Lists events. */
@Service
@Parsing(LineParser.class)
@Command(scope = "visionops", name = "events", description = "Lists what happened, newest first")
public final class Events extends EventsCommand {

    @Option(name = "--label", description = "Only objects of this kind")
    @Completion(Labels.class)
    private @Nullable String label;

    @Option(name = "--line", description = "Only at this line")
    @Completion(LineNames.class)
    private @Nullable String line;

    @Option(name = "--zone", description = "Only in this zone")
    @Completion(ZoneNames.class)
    private @Nullable String zone;

    @Override
    protected Only only() {
        return new Only(
                Optional.ofNullable(label),
                Optional.ofNullable(line),
                Optional.ofNullable(zone),
                Optional.empty());
    }
}
