package io.visionops.launcher;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** How this program was called: for the one that it leaves in the background. */
final class Self {

    private Self() {}

    static List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Java.program().toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-classpath");
        command.add(System.getProperty("java.class.path"));
        command.add(Main.class.getName());
        return command;
    }
}
