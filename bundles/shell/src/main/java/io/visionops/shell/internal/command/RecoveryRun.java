package io.visionops.shell.internal.command;

import io.visionops.api.recovery.RecoveryAction;
import io.visionops.api.recovery.RecoveryResult;
import io.visionops.api.subject.Subject;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Recovery;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.completion.RecoveryNames;
import io.visionops.shell.internal.json.RecoveryDocument;
import java.io.PrintStream;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Has a part make a repair. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "recovery-run",
        description = "Makes a repair; recovery-list tells which there are")
public final class RecoveryRun extends VisionOpsCommand<RecoveryDocument> {

    @Argument(index = 0, name = "REPAIR", required = true, description = "Its name")
    @Completion(RecoveryNames.class)
    private String name = "";

    @Argument(
            index = 1,
            name = "TARGET",
            required = true,
            description = "Of what, written kind/name: camera/front")
    private String target = "";

    @Option(name = "--reason", description = "Why, for the record")
    private String reason = "asked for at the shell";

    @Override
    protected RecoveryDocument answer(Parts parts) {
        Subject subject = Subject.parse(target);
        RecoveryResult result = new Recovery(bundles).named(name, action -> run(action, subject));
        return new RecoveryDocument(name, target, result.done(), result.detail());
    }

    private RecoveryResult run(RecoveryAction action, Subject subject) {
        if (!action.targets().contains(subject)) {
            throw new IllegalArgumentException(
                    name
                            + " is not of "
                            + subject
                            + " now, but of: "
                            + action.targets().stream()
                                    .map(Object::toString)
                                    .collect(Collectors.joining(", ")));
        }
        return action.run(subject, reason, actor());
    }

    @Override
    protected void print(RecoveryDocument repair, PrintStream out) {
        if (repair.done()) {
            out.println(repair.name() + " of " + repair.target() + ": " + repair.detail());
        }
    }

    @Override
    protected Optional<String> failure(RecoveryDocument repair) {
        return repair.done() ? Optional.empty() : Optional.of(repair.detail());
    }
}
