package io.visionops.launcher;

import io.visionops.launcher.folder.DataFolder;
import io.visionops.launcher.folder.Program;
import io.visionops.launcher.platform.Failure;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program behind {@code bin/visionops}. */
public final class Main {

    private Main() {}

    /** Runs one call and ends the program with its status. */
    public static void main(String[] words) {
        // Whatever the machine's locale: what is printed is UTF-8, as terminals are today.
        PrintStream out = stream(FileDescriptor.out);
        PrintStream err = stream(FileDescriptor.err);
        int status;
        try {
            status = run(hidden(List.of(words), System.getenv()), System.getenv(), out, err);
        } catch (Failure e) {
            err.println("visionops: " + e.getMessage());
            status = e.status();
        }
        out.flush();
        err.flush();
        Runtime.getRuntime().halt(status);
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /**
     * Puts back what the script took out of the process list: a word {@code @N} stands for the
     * variable {@code VISIONOPS_WORD_N}.
     */
    static List<String> hidden(List<String> words, Map<String, String> environment) {
        List<String> all = new ArrayList<>();
        for (String word : words) {
            String name = "VISIONOPS_WORD_" + word.substring(Math.min(1, word.length()));
            all.add(word.matches("@[0-9]+") ? environment.getOrDefault(name, word) : word);
        }
        return all;
    }

    static int run(
            List<String> words, Map<String, String> environment, PrintStream out, PrintStream err) {
        Arguments arguments = Arguments.parse(words);
        Program program = Program.in(home());
        return switch (arguments.command()) {
            case "" -> {
                err.print(usage());
                yield Failure.USAGE;
            }
            case "--help" -> print(out, usage());
            case "--version" -> print(out, program.version() + "\n");
            case "completion" -> print(out, Completion.script(arguments.words()));
            case "complete" ->
                    print(
                            out,
                            String.join("\n", Completion.candidates(arguments.words(), environment))
                                    + "\n");
            case "demo" -> new Demo(program, environment, out, err).run(arguments);
            default -> onData(arguments, program, environment, out, err);
        };
    }

    private static int onData(
            Arguments arguments,
            Program program,
            Map<String, String> environment,
            PrintStream out,
            PrintStream err) {
        DataFolder data = DataFolder.choose(arguments.data(), environment);
        Commands commands =
                new Commands(program, data, environment, new Self(Main.class), out, err);
        Asking asking = new Asking(data, out, err);
        return switch (arguments.command()) {
            case "run" -> commands.run(arguments);
            case "start" -> commands.start(arguments);
            case "background" -> commands.background();
            case "watch" -> commands.watch();
            case "stop" -> commands.stop();
            case "restart" -> commands.restart(arguments);
            case "status" -> asking.status(!arguments.words().isEmpty());
            default -> asking.shell(arguments.words());
        };
    }

    private static Path home() {
        return Path.of(System.getProperty("visionops.program", "."));
    }

    private static int print(PrintStream out, String text) {
        out.print(text);
        return 0;
    }

    private static String usage() {
        try (InputStream in = Main.class.getResourceAsStream("usage.txt")) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new Failure("the usage cannot be read: " + e.getMessage());
        }
    }
}
