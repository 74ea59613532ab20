package dev.genfleet.worker.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.engine.Preview;
import dev.genfleet.event.Progress;
import dev.genfleet.job.JobId;
import dev.genfleet.job.LeaseId;
import dev.genfleet.worker.testing.ManualClock;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProgressReporterTest {

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final JobId job = JobId.next();
    private final List<Progress> told = new ArrayList<>();
    private final List<byte[]> shown = new ArrayList<>();
    private final ProgressReporter reporter = new ProgressReporter(
            new ProgressSink() {
                @Override
                public void accept(Progress progress) {
                    told.add(progress);
                }

                @Override
                public void show(JobId of, byte[] png) {
                    assertThat(of).isEqualTo(job);
                    shown.add(png);
                }
            },
            clock);
    private final LeaseId lease = LeaseId.next();

    @AfterEach
    void close() {
        reporter.close();
    }

    @Test
    void tells_the_first_step_at_once_then_at_most_every_250_ms() {
        reporter.begin(job, lease);
        for (int step = 1; step <= 10; step++) {
            clock.advance(Duration.ofMillis(100));
            reporter.stepped(lease, step, 20);
            reporter.runOnce();
        }
        assertThat(told).extracting(Progress::step).containsExactly(1, 4, 7, 10);
    }

    @Test
    void tells_the_last_step_however_soon_it_comes() {
        reporter.begin(job, lease);
        reporter.stepped(lease, 1, 2);
        reporter.runOnce();
        clock.advance(Duration.ofMillis(1));
        reporter.stepped(lease, 2, 2);
        reporter.end(lease);
        reporter.runOnce();
        reporter.runOnce();
        assertThat(told).extracting(Progress::step).containsExactly(1, 2);
    }

    @Test
    void says_nothing_while_nothing_moves_or_is_not_followed() {
        reporter.begin(job, lease);
        reporter.stepped(LeaseId.next(), 1, 2);
        reporter.runOnce();
        assertThat(told).isEmpty();
    }

    @Test
    void estimates_from_the_steps_done() {
        reporter.begin(job, lease);
        clock.advance(Duration.ofSeconds(2));
        reporter.stepped(lease, 5, 20);
        reporter.runOnce();
        assertThat(told).containsExactly(new Progress(job, lease, 5, 20, 6.0, clock.instant()));
    }

    @Test
    void estimates_from_the_steps_done_here() {
        reporter.begin(job, lease, 10);
        clock.advance(Duration.ofSeconds(2));
        reporter.stepped(lease, 14, 20);
        reporter.runOnce();
        assertThat(told).containsExactly(new Progress(job, lease, 14, 20, 3.0, clock.instant()));
    }

    @Test
    void estimates_also_for_a_job_that_starts_over() {
        reporter.begin(job, lease, 10);
        clock.advance(Duration.ofSeconds(2));
        reporter.stepped(lease, 5, 20);
        reporter.runOnce();
        assertThat(told).containsExactly(new Progress(job, lease, 5, 20, 6.0, clock.instant()));
    }

    @Test
    void shows_each_preview_once_before_the_report_that_names_it() throws Exception {
        reporter.begin(job, lease);
        reporter.preview(lease, preview(1, 0xff));
        reporter.stepped(lease, 1, 3);
        reporter.runOnce();
        clock.advance(Duration.ofSeconds(1));
        reporter.stepped(lease, 2, 3);
        reporter.runOnce();
        reporter.preview(lease, preview(3, 0x80));
        reporter.stepped(lease, 3, 3);
        reporter.end(lease);
        reporter.runOnce();
        assertThat(told)
                .extracting(Progress::previewStep)
                .containsExactly(Optional.of(1), Optional.of(1), Optional.of(3));
        assertThat(shown).hasSize(2);
        BufferedImage last = ImageIO.read(new ByteArrayInputStream(shown.getLast()));
        assertThat(List.of(last.getWidth(), last.getHeight())).containsExactly(96, 64);
        assertThat(last.getRGB(0, 0) & 0xffffff).isEqualTo(0x800000);
        assertThat(last.getRGB(31, 31) & 0xffffff).isEqualTo(0x800000);
        assertThat(last.getRGB(32, 31) & 0xffffff).isZero();
    }

    @Test
    void jobs_without_previews_report_none() {
        reporter.begin(job, lease);
        reporter.stepped(lease, 1, 2);
        reporter.runOnce();
        assertThat(told).extracting(Progress::previewStep).containsExactly(Optional.empty());
        assertThat(shown).isEmpty();
    }

    /** Three pixels by two, all black but the first. */
    private static Preview preview(int step, int red) {
        byte[] rgb = new byte[3 * 3 * 2];
        rgb[0] = (byte) red;
        return new Preview(step, 3, 2, rgb);
    }
}
