package io.visionops.channel.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.apache.karaf.shell.api.console.SignalListener;
import org.apache.karaf.shell.api.console.Terminal;
import org.jline.terminal.Size;
import org.jline.terminal.impl.ExternalTerminal;

/** The client's terminal, as Karaf's shell and JLine know terminals. */
final class ChannelTerminal extends ExternalTerminal implements Terminal {

    ChannelTerminal(String type, InputStream in, OutputStream out, int columns, int rows)
            throws IOException {
        super("VisionOps command channel", type, in, out, StandardCharsets.UTF_8);
        resize(columns, rows);
    }

    /** The client's window has another size; what is no size is passed over. */
    void resize(int columns, int rows) {
        if (columns > 0 && rows > 0 && columns < 10_000 && rows < 10_000) {
            setSize(new Size(columns, rows));
            raise(Signal.WINCH);
        }
    }

    @Override
    public int getWidth() {
        return size.getColumns();
    }

    @Override
    public int getHeight() {
        return size.getRows();
    }

    @Override
    public boolean isAnsiSupported() {
        return !getType().startsWith(TYPE_DUMB);
    }

    @Override
    public boolean isEchoEnabled() {
        return echo();
    }

    @Override
    public void setEchoEnabled(boolean enabled) {
        echo(enabled);
    }

    // Signals go through JLine; Karaf's own listeners are used by no command.

    @Override
    public void addSignalListener(SignalListener listener) {}

    @Override
    public void addSignalListener(
            SignalListener listener, org.apache.karaf.shell.api.console.Signal... signals) {}

    @Override
    public void addSignalListener(
            SignalListener listener, EnumSet<org.apache.karaf.shell.api.console.Signal> signals) {}

    @Override
    public void removeSignalListener(SignalListener listener) {}
}
