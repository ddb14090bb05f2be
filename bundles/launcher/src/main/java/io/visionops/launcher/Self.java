package io.visionops.launcher;

import io.visionops.launcher.platform.Java;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * How this program was called: for the one that it leaves in the background, which lives for months
 * and has little to do.
 */
final class Self {

    /** 38 MB resident in place of 47, of which 17 are those of Karaf's Java machine as well. */
    private static final List<String> SMALL =
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:-UsePerfData",
                    "-Xint",
                    "-Xshare:off",
                    "-Xms2m",
                    "-Xmn1m",
                    "-Xmx24m",
                    "-Xss256k");

    private final Class<?> main;

    /**
     * @param main where the program begins
     */
    Self(Class<?> main) {
        this.main = main;
    }

    List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Java.program().toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-D"))
                .forEach(command::add);
        command.addAll(SMALL);
        command.add("-classpath");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        return command;
    }
}
