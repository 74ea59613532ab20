package dev.genfleet.gateway.view;

import dev.genfleet.job.JobId;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks jobs up and never takes a view that is being rebuilt for a complete one: an unknown id waits briefly. An id that was made
 * a moment ago waits too, as its record may still be on the way. Every method throws {@code JedisException} when Redis does not
 * answer.
 */
@Singleton
public final class JobReader {

    private static final Duration REBUILD_PATIENCE = Duration.ofSeconds(3);
    private static final Duration YOUNG = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int TIME_ORDERED = 7;

    private final ViewStore store;
    private final ViewEpoch epoch;
    private final ViewStatus status;
    private final InstantSource clock;

    @Inject
    JobReader(ViewStore store, ViewEpoch epoch, ViewStatus status) {
        this(store, epoch, status, InstantSource.system());
    }

    JobReader(ViewStore store, ViewEpoch epoch, ViewStatus status, InstantSource clock) {
        this.store = store;
        this.epoch = epoch;
        this.status = status;
        this.clock = clock;
    }

    /** Looks a job up. */
    public Lookup find(JobId id) {
        Instant patience = clock.instant().plus(REBUILD_PATIENCE);
        while (true) {
            Optional<String> builtBefore = status.builtEpoch();
            Optional<JobView> view = peek(id);
            if (view.isPresent()) {
                return new Lookup.Found(view.get());
            }
            boolean complete = builtBefore.isPresent() && epoch.current().equals(builtBefore);
            if (complete && !young(id)) {
                return new Lookup.Unknown();
            }
            if (clock.instant().isAfter(patience)) {
                return complete ? new Lookup.Unknown() : new Lookup.Rebuilding();
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** What the view holds at this moment. */
    public Optional<JobView> peek(JobId id) {
        return JobView.fold(store.find(id));
    }

    /** Whether the view holds every job; waits briefly while it is being rebuilt. */
    public boolean complete() {
        Instant patience = clock.instant().plus(REBUILD_PATIENCE);
        while (true) {
            Optional<String> built = status.builtEpoch();
            if (built.isPresent() && epoch.current().equals(built)) {
                return true;
            }
            if (clock.instant().isAfter(patience)) {
                return false;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private boolean young(JobId id) {
        if (id.value().version() != TIME_ORDERED) {
            return false;
        }
        Instant made = Instant.ofEpochMilli(id.value().getMostSignificantBits() >>> 16);
        return made.isAfter(clock.instant().minus(YOUNG))
                && made.isBefore(clock.instant().plus(YOUNG));
    }
}
