package dev.genfleet.cli;

import dev.genfleet.report.ReportListener;

/** Shows how far a report is: a line drawn again and again on a terminal, elsewhere one at the end of each kind. */
final class ReportProgress implements ReportListener {

    private final Terminal terminal;

    ReportProgress(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void made(String what, int done, int all) {
        String text = "  " + what + ": " + done + " of " + all;
        if (done == all) {
            terminal.line(text);
        } else if (terminal.mode() == Terminal.Mode.TERMINAL) {
            terminal.redraw(text);
        }
    }

    @Override
    public void leftOut(String section, String why) {
        terminal.line("  " + section + " is left out: " + why);
    }
}
