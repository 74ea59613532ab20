package dev.genfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

    private final StringWriter written = new StringWriter();

    @Test
    void drawsABarWithTheTimeLeft() {
        assertThat(ProgressBar.drawn(25, 50, 12.4))
                .isEqualTo("[" + "█".repeat(15) + "░".repeat(15) + "]  50 %  step 25 of 50  12 s left");
        assertThat(ProgressBar.drawn(50, 50, 0)).contains("100 %").doesNotContain("░");
        assertThat(ProgressBar.words(1, 250, 145)).endsWith("2 min 25 s left");
    }

    @Test
    void withoutATerminalItWritesALineAtEveryTenth() {
        ProgressBar bar = new ProgressBar(new Terminal(new PrintWriter(written), Terminal.Mode.LINES));

        for (int step = 1; step <= 100; step++) {
            bar.at(step, 100, 1);
        }

        assertThat(written.toString().lines()).hasSize(11).noneMatch(line -> line.contains("\u001b"));
    }

    @Test
    void onATerminalItDrawsTheLastLineAgain() {
        ProgressBar bar = new ProgressBar(new Terminal(new PrintWriter(written), Terminal.Mode.TERMINAL));

        bar.at(1, 2, 1);
        bar.at(2, 2, 0);

        assertThat(written.toString()).doesNotContain("\n").contains("50 %").endsWith("0 s left");
    }
}
