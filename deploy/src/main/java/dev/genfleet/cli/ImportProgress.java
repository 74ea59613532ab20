package dev.genfleet.cli;

import dev.genfleet.importer.ImportListener;
import dev.genfleet.importer.inspect.Quantity;
import java.io.PrintWriter;

/** Shows how far an import of large files is. */
final class ImportProgress implements ImportListener {

    private static final int CELLS = 30;
    private static final long WORTH_SHOWING = 256L << 20;

    private final Terminal terminal;
    private final PrintWriter warnings;
    private int percentTold = -1;

    ImportProgress(PrintWriter out, PrintWriter warnings) {
        this.terminal = Terminal.of(out);
        this.warnings = warnings;
    }

    @Override
    public void progressed(String what, long done, long total) {
        int percent = (int) (100 * done / Math.max(1, total));
        int step = terminal.mode() == Terminal.Mode.TERMINAL ? 1 : 25;
        if (total < WORTH_SHOWING || percent < percentTold + step) {
            return;
        }
        percentTold = percent;
        String text = "%s %3d %% of %s".formatted(what, percent, Quantity.bytes(total));
        switch (terminal.mode()) {
            case TERMINAL -> {
                int full = CELLS * percent / 100;
                terminal.redraw("  [" + "█".repeat(full) + "░".repeat(CELLS - full) + "] " + text);
            }
            case LINES -> terminal.line("  " + text);
        }
    }

    @Override
    public void warned(String sentence) {
        clear();
        warnings.println("Warning: " + sentence);
        warnings.flush();
    }

    /** Leaves an empty last line. */
    void clear() {
        if (terminal.mode() == Terminal.Mode.TERMINAL && percentTold >= 0) {
            terminal.redraw("");
        }
    }
}
