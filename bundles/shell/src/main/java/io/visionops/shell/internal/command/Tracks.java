package io.visionops.shell.internal.command;

import io.visionops.api.query.TrackQuery;
import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.TimeOption;
import io.visionops.shell.internal.completion.CameraNames;
import io.visionops.shell.internal.json.TracksRow;
import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** Lists the objects in every analysed frame. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "tracks",
        description = "Lists the objects in every analysed frame of a camera")
public final class Tracks extends RangeCommand<List<TracksRow>> {

    @Option(name = "--camera", description = "The camera; there is no default")
    @Completion(CameraNames.class)
    private @Nullable String camera;

    @Override
    protected List<TracksRow> answer(Parts parts) {
        if (camera == null) {
            throw new CommandException("tracks: --camera is missing");
        }
        TimeOption.Range range = range(parts);
        TrackQuery query = new TrackQuery(camera, range.from(), range.to());
        return parts.get(Part.JOURNAL_READER).tracks(query).stream().map(TracksRow::of).toList();
    }

    @Override
    protected void print(List<TracksRow> frames, PrintStream out) {
        Table table =
                new Table("no tracks", "Time", "?>Frame", ">Track", "Label", ">Score", "?Box");
        for (TracksRow frame : frames) {
            for (TracksRow.TrackRow track : frame.tracks()) {
                table.row(
                        time(frame.time()),
                        frame.frame(),
                        track.track(),
                        track.label(),
                        track.score(),
                        track.box());
            }
        }
        table.print(out, width());
    }
}
