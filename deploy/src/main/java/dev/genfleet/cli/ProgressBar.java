package dev.genfleet.cli;

import java.util.Locale;

/** Shows how far a job is: a bar drawn again and again on a terminal, elsewhere a line at every tenth of the way. */
final class ProgressBar {

    private static final int CELLS = 30;

    private final Terminal terminal;
    private int tenthsTold = -1;

    ProgressBar(Terminal terminal) {
        this.terminal = terminal;
    }

    void state(String state) {
        if (terminal.mode() == Terminal.Mode.TERMINAL) {
            terminal.redraw("  " + state + " …");
        } else {
            terminal.line("  " + state);
        }
    }

    void at(int step, int steps, double etaSeconds) {
        switch (terminal.mode()) {
            case TERMINAL -> terminal.redraw("  " + drawn(step, steps, etaSeconds));
            case LINES -> {
                int tenths = 10 * step / steps;
                if (tenths > tenthsTold) {
                    tenthsTold = tenths;
                    terminal.line("  " + words(step, steps, etaSeconds));
                }
            }
        }
    }

    static String drawn(int step, int steps, double etaSeconds) {
        int full = CELLS * step / steps;
        return "[" + "█".repeat(full) + "░".repeat(CELLS - full) + "] " + words(step, steps, etaSeconds);
    }

    static String words(int step, int steps, double etaSeconds) {
        String percent = String.format(Locale.ROOT, "%3d %%", 100 * step / steps);
        return percent + "  step " + step + " of " + steps + "  " + left(etaSeconds);
    }

    private static String left(double etaSeconds) {
        long seconds = Math.round(etaSeconds);
        return seconds < 60 ? seconds + " s left" : seconds / 60 + " min " + seconds % 60 + " s left";
    }
}
