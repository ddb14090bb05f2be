package io.visionops.shell.internal.command;

import io.visionops.shell.internal.Words;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Searches the events for words. */
@Service
@Parsing(Words.class)
@Command(scope = "visionops", name = "search", description = "Searches the events for words")
public final class Search extends EventsCommand {

    @Argument(
            name = "TEXT",
            description = "Words of a camera, label, line, zone, kind of event or detail",
            required = true,
            multiValued = true)
    private List<String> text = List.of();

    @Override
    protected Only only() {
        return new Only(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(String.join(" ", text)));
    }
}
