package dev.genfleet.gateway.view;

import dev.genfleet.event.Progress;
import dev.genfleet.job.JobId;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Wakes those who follow a job when its view has changed or progress has come. Any thread. */
@Singleton
public final class JobSignals {

    private final List<Consumer<Progress>> listeners = new CopyOnWriteArrayList<>();
    private final Map<JobId, Set<JobWatch>> watches = new ConcurrentHashMap<>();

    /** Follows a job until the watch is closed. */
    public JobWatch watch(JobId id) {
        JobWatch watch = new JobWatch(this::forget, id);
        watches.compute(id, (key, known) -> {
            Set<JobWatch> set = known == null ? ConcurrentHashMap.newKeySet() : known;
            set.add(watch);
            return set;
        });
        return watch;
    }

    /** The view of a job has changed. */
    public void changed(JobId id) {
        of(id).forEach(JobWatch::changed);
    }

    /** Hears the progress of every job, on the thread that brings it; must return at once. */
    public void hear(Consumer<Progress> listener) {
        listeners.add(listener);
    }

    /** Progress of a job has come. */
    public void progressed(Progress progress) {
        listeners.forEach(listener -> listener.accept(progress));
        of(progress.jobId()).forEach(watch -> watch.progressed(progress));
    }

    /** Everything may have changed. */
    public void allChanged() {
        watches.values().forEach(set -> set.forEach(JobWatch::changed));
    }

    private Set<JobWatch> of(JobId id) {
        return Optional.ofNullable(watches.get(id)).orElse(Set.of());
    }

    private void forget(JobId id, JobWatch watch) {
        watches.computeIfPresent(id, (key, set) -> {
            set.remove(watch);
            return set.isEmpty() ? null : set;
        });
    }
}
