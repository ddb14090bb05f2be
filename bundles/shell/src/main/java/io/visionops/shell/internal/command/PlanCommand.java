package io.visionops.shell.internal.command;

import io.visionops.api.update.UpdatePlan;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.VisionOpsCommand;
import java.io.PrintStream;

/** Commands that show what an update changes. */
abstract class PlanCommand extends VisionOpsCommand<UpdatePlan> {

    /** What is said below it. */
    abstract String said();

    @Override
    protected void print(UpdatePlan plan, PrintStream out) {
        out.println(
                "from release "
                        + plan.from()
                        + " to "
                        + plan.to()
                        + " ("
                        + Plain.line(plan.version())
                        + "), level "
                        + plan.level()
                        + ": "
                        + Plain.line(plan.reason()));
        Table table = new Table("no bundle changes", "Bundle", "From", "To");
        plan.bundles().forEach(one -> table.row(one.bundle(), one.from(), one.to()));
        table.print(out, width());
        out.println(
                plan.files()
                        + " files change, "
                        + Plain.size(plan.downloadBytes())
                        + " are fetched, "
                        + Plain.size(plan.diskBytes())
                        + " are needed on the disk");
        out.println("not watched: " + Plain.line(plan.gap()));
        out.println("saved first: " + Plain.line(plan.saved()));
        out.println(said());
    }
}
