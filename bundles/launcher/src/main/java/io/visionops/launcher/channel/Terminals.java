package io.visionops.launcher.channel;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The terminal that this program runs in. */
public final class Terminals {

    private Terminals() {}

    /** Is there somebody at both ends? */
    public static boolean isThere() {
        return System.console() != null;
    }

    /** Columns and rows; zeros where there is no terminal. */
    public static int[] size() {
        if (!isThere()) {
            return new int[] {0, 0};
        }
        try {
            Process stty =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(ProcessBuilder.Redirect.INHERIT)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String[] words =
                    new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                            .strip()
                            .split(" ");
            stty.waitFor(1, TimeUnit.SECONDS);
            return new int[] {Integer.parseInt(words[1]), Integer.parseInt(words[0])};
        } catch (IOException | RuntimeException e) {
            return new int[] {80, 24};
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new int[] {80, 24};
        }
    }

    /** Lends the terminal to the shell at the other end of the channel, until that ends. */
    public static int lend(CommandChannel channel) throws IOException {
        try (Terminal terminal = TerminalBuilder.builder().system(true).provider("exec").build()) {
            Attributes before = terminal.enterRawMode();
            // Ctrl-C is for the shell at the other end, which also knows how lines end.
            Attributes raw = terminal.getAttributes();
            raw.setLocalFlag(Attributes.LocalFlag.ISIG, false);
            raw.setInputFlag(Attributes.InputFlag.IXON, false);
            raw.setOutputFlag(Attributes.OutputFlag.OPOST, false);
            terminal.setAttributes(raw);
            try {
                Size size = terminal.getSize();
                channel.call(
                        new ChannelCall(
                                ChannelCall.Mode.SHELL,
                                size.getColumns(),
                                size.getRows(),
                                terminal.getType(),
                                List.of()));
                terminal.handle(Terminal.Signal.WINCH, signal -> resize(channel, terminal));
                type(terminal, channel);
                OutputStream out = flushing(terminal.output());
                return channel.answer(out, out);
            } finally {
                terminal.setAttributes(before);
            }
        }
    }

    private static void resize(CommandChannel channel, Terminal terminal) {
        try {
            channel.resize(terminal.getSize().getColumns(), terminal.getSize().getRows());
        } catch (IOException e) {
            // The shell has ended: its exit status is on its way.
            return;
        }
    }

    private static void type(Terminal terminal, CommandChannel channel) {
        Thread typing =
                new Thread(
                        () -> {
                            byte[] bytes = new byte[1024];
                            try {
                                int count = terminal.input().read(bytes);
                                while (count > 0) {
                                    channel.input(Arrays.copyOf(bytes, count));
                                    count = terminal.input().read(bytes);
                                }
                                channel.endOfInput();
                            } catch (IOException e) {
                                // The shell has ended.
                                return;
                            }
                        },
                        "visionops-keyboard");
        typing.setDaemon(true);
        typing.start();
    }

    private static OutputStream flushing(OutputStream out) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                out.write(b);
                out.flush();
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                out.flush();
            }
        };
    }
}
