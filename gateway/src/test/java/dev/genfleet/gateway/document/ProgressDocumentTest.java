package dev.genfleet.gateway.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.event.Progress;
import dev.genfleet.job.JobId;
import dev.genfleet.job.LeaseId;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressDocumentTest {

    private static final URI BASE = URI.create("http://gateway:8080/");

    @Test
    void eachPreviewHasAnAddressOfItsOwn() {
        JobId job = JobId.next();
        Progress seen = new Progress(job, LeaseId.next(), 9, 20, 1.5, Instant.EPOCH, Optional.of(7));
        assertThat(ProgressDocument.of(seen, BASE).previewUrl())
                .contains(URI.create("http://gateway:8080/v1/jobs/" + job + "/preview?step=7"));
    }

    @Test
    void jobsWithoutPreviewsNameNone() {
        Progress seen = new Progress(JobId.next(), LeaseId.next(), 9, 20, 1.5, Instant.EPOCH);
        assertThat(ProgressDocument.of(seen, BASE).previewUrl()).isEmpty();
    }
}
