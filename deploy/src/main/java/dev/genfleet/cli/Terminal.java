package dev.genfleet.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a command writes. On a terminal the last line may be drawn again; elsewhere each line is written once.
 *
 * @param out lines go here
 * @param mode what it is
 */
record Terminal(PrintWriter out, Mode mode) {

    private static final String ERASE_LINE = "\r\u001b[2K";

    Terminal {
        Objects.requireNonNull(out, "out");
        Objects.requireNonNull(mode, "mode");
    }

    /** The terminal of this process, or the pipe or file in its place. */
    static Terminal of(PrintWriter out) {
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        boolean drawn = terminal && !"dumb".equals(System.getenv("TERM"));
        return new Terminal(out, drawn ? Mode.TERMINAL : Mode.LINES);
    }

    synchronized void line(String text) {
        out.println(mode == Mode.TERMINAL ? ERASE_LINE + text : text);
        out.flush();
    }

    /** Draws the last line again; only for a terminal. */
    synchronized void redraw(String text) {
        out.print(ERASE_LINE + text);
        out.flush();
    }

    /** What text is written to. */
    enum Mode {
        TERMINAL,
        LINES
    }
}
