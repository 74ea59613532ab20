package dev.genfleet.worker.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genfleet.engine.Picture;
import dev.genfleet.engine.Reel;
import dev.genfleet.event.Artifact;
import dev.genfleet.job.OutputFormat;
import dev.genfleet.job.QueuedJob;
import dev.genfleet.job.VideoSpec;
import dev.genfleet.worker.testing.FolderlessStore;
import dev.genfleet.worker.testing.SampleJobs;
import dev.genfleet.worker.testing.ScriptedGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UploadsTest {

    private final FolderlessStore store = new FolderlessStore();
    private final Uploads uploads = new Uploads(store, 2, List.of(Duration.ZERO, Duration.ZERO));
    private final QueuedJob job = SampleJobs.job("default");

    @AfterEach
    void close() {
        uploads.close();
    }

    @Test
    void names_objects_by_their_content_and_says_what_they_are() throws Exception {
        Artifact artifact = store(7).get(5, TimeUnit.SECONDS).getFirst();
        byte[] content = ScriptedGenerator.bytes(7);
        String sha256 = StoredObject.sha256(content);
        assertThat(artifact)
                .isEqualTo(new Artifact(
                        0,
                        "outputs/default/" + job.id() + "/0-" + sha256.substring(0, 16) + ".png",
                        "image/png",
                        content.length,
                        sha256,
                        64,
                        64,
                        7));
        StoredObject stored = store.objects().getFirst();
        assertThat(stored.key()).isEqualTo(artifact.key());
        assertThat(stored.open().readAllBytes()).isEqualTo(content);
        assertThat(stored.metadata())
                .isEqualTo(Map.of(
                        "job-id",
                        job.id().toString(),
                        "model",
                        "shapes",
                        "model-digest",
                        job.spec().modelDigest(),
                        "seed",
                        "7"));
    }

    @Test
    void stores_a_video_and_its_poster() throws Exception {
        Picture video = new Picture(
                0,
                7,
                64,
                64,
                OutputFormat.MP4,
                new byte[] {1, 2},
                Optional.of(new Reel(new VideoSpec(8, 4), new byte[] {3})));
        Artifact artifact =
                uploads.store(job, List.of(video)).get(5, TimeUnit.SECONDS).getFirst();
        assertThat(artifact.key()).endsWith(".mp4");
        assertThat(artifact.contentType()).isEqualTo("video/mp4");
        String poster = artifact.key().replace(".mp4", ".png");
        assertThat(artifact.video()).contains(new Artifact.Video(8, 4, poster));
        assertThat(store.objects()).extracting(StoredObject::key).containsExactly(poster, artifact.key());
        assertThat(store.objects()).extracting(StoredObject::contentType).containsExactly("image/png", "video/mp4");
        assertThat(store.objects().getFirst().open().readAllBytes()).containsExactly(3);
    }

    @Test
    void tries_again_when_the_storage_is_away() throws Exception {
        store.failNext(2);
        assertThat(store(7).get(5, TimeUnit.SECONDS)).hasSize(1);
    }

    @Test
    void gives_up_in_the_end() {
        store.failNext(3);
        assertThatThrownBy(() -> store(7).get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
        assertThat(store.objects()).isEmpty();
    }

    @Test
    void takes_nothing_once_closed() {
        uploads.close();
        uploads.close();
        assertThatThrownBy(() -> store(7).get(5, TimeUnit.SECONDS)).hasMessageContaining("no further uploads");
    }

    private CompletableFuture<List<Artifact>> store(long seed) {
        return uploads.store(
                job, List.of(new Picture(0, seed, 64, 64, OutputFormat.PNG, ScriptedGenerator.bytes(seed))));
    }
}
