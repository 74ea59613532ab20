package dev.genfleet.cli;

import dev.genfleet.local.Part;
import dev.genfleet.local.StackListener;
import java.util.List;
import java.util.Locale;

/** Says of each part of a local stack where it is, how long it took to start and how much memory it has. */
final class StackTable implements StackListener {

    private final Terminal terminal;

    StackTable(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void starting(String part) {
        if (terminal.mode() == Terminal.Mode.TERMINAL) {
            terminal.redraw("  starting " + part + " …");
        }
    }

    @Override
    public void ready(Part part) {
        terminal.line(row(part));
    }

    @Override
    public void models(List<String> names) {
        terminal.line("  models     " + (names.isEmpty() ? "none" : String.join(", ", names)));
    }

    static String row(Part part) {
        String memory = part.residentBytes()
                .map(bytes -> Math.round(bytes / 1e6) + " MB")
                .orElse("gone");
        return String.format(
                Locale.ROOT,
                "  %-10s %-28s %6.1f s %7s",
                part.name(),
                part.address(),
                part.startTime().toMillis() / 1e3,
                memory);
    }
}
