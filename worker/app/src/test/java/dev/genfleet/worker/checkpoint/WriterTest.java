package dev.genfleet.worker.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WriterTest {

    private final Writer writer = new Writer("checkpoints-test");
    private final List<String> written = new CopyOnWriteArrayList<>();
    private final CountDownLatch slow = new CountDownLatch(1);

    @AfterEach
    void close() {
        slow.countDown();
        writer.close();
    }

    @Test
    void while_the_store_is_slow_only_the_latest_of_each_job_waits() throws Exception {
        CompletableFuture<Boolean> first = hold();
        CompletableFuture<Boolean> second = write("job", "second");
        CompletableFuture<Boolean> third = write("job", "third");
        CompletableFuture<Boolean> other = write("other", "other");
        assertThat(second).isCompletedWithValue(false);
        assertThat(third).isNotDone();
        slow.countDown();
        assertThat(other.get(5, TimeUnit.SECONDS)).isTrue();
        assertThat(first).isCompletedWithValue(true);
        assertThat(third).isCompletedWithValue(true);
        assertThat(written).containsExactly("first", "third", "other");
    }

    @Test
    void a_store_that_is_away_loses_what_it_was_given_and_gets_the_next() throws Exception {
        CompletableFuture<Boolean> lost = writer.write("job", () -> {
            throw new IOException("away");
        });
        assertThat(lost.get(5, TimeUnit.SECONDS)).isFalse();
        CompletableFuture<Boolean> broken = writer.write("job", () -> {
            throw new IllegalStateException("bug");
        });
        assertThat(broken.get(5, TimeUnit.SECONDS)).isFalse();
        assertThat(write("job", "next").get(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_closed_writer_writes_what_waits_and_takes_nothing_more() {
        var unused = hold();
        CompletableFuture<Boolean> waiting = write("job", "second");
        slow.countDown();
        writer.close();
        assertThat(waiting).isCompletedWithValue(true);
        assertThat(write("job", "late")).isCompletedWithValue(false);
        assertThat(written).containsExactly("first", "second");
    }

    private CompletableFuture<Boolean> hold() {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Boolean> first = writer.write("job", () -> {
            begun.countDown();
            await(slow);
            written.add("first");
        });
        await(begun);
        return first;
    }

    private CompletableFuture<Boolean> write(String job, String what) {
        return writer.write(job, () -> written.add(what));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
