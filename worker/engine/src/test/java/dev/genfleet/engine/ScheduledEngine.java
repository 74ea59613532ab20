package dev.genfleet.engine;

import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An engine with its threads that random schedules happen to. Events take place on the engine's own thread, between the forward
 * that they wait for and the next turn of the loop, so that a schedule says exactly which steps are shared.
 */
final class ScheduledEngine implements ForwardObserver {

    private final Queue<RandomSchedule.Event> ahead = new ArrayDeque<>();
    private final Map<Integer, Job> jobs = new HashMap<>();
    private Engine engine;
    private List<GenerationSpec> specs = List.of();
    private int forwards;
    private int sharedForwards;

    /** A job that has arrived. */
    record Job(int spec, Run run, RecordingListener listener) {

        /** Waits for its end, however it ends. */
        void join() throws InterruptedException, TimeoutException {
            try {
                listener.pictures.get(2, TimeUnit.MINUTES);
            } catch (CancellationException | ExecutionException e) {
                // An end like any other.
            }
        }

        boolean canceled() {
            return listener.pictures.state() == Future.State.CANCELLED;
        }

        List<byte[]> files() {
            return listener.pictures.resultNow().stream().map(Picture::bytes).toList();
        }
    }

    /** Sets the engine, which this observes. */
    synchronized void drive(Engine observed) {
        engine = observed;
    }

    /** Forwards so far whose rows were of several samples. */
    synchronized int sharedForwards() {
        return sharedForwards;
    }

    /** Lets a schedule happen, and waits for the end of all its jobs, which are by number. */
    Map<Integer, Job> play(RandomSchedule schedule, List<GenerationSpec> choices) throws Exception {
        synchronized (this) {
            jobs.clear();
            ahead.addAll(schedule.events());
            specs = choices;
            forwards = 0;
        }
        List<Job> ended = List.of();
        while (goesOn(ended.size())) {
            ended = arrived();
            for (Job job : ended) {
                job.join();
            }
        }
        return Map.copyOf(jobs);
    }

    @Override
    public synchronized void forward(int rows, int samples, Duration took) {
        forwards++;
        sharedForwards += samples > 1 ? 1 : 0;
        happen();
    }

    private synchronized List<Job> arrived() {
        return List.copyOf(jobs.values());
    }

    /** Whether there is more to wait for. When all who have arrived are done, time jumps to the next event. */
    private synchronized boolean goesOn(int ended) {
        if (jobs.size() == ended && !ahead.isEmpty()) {
            forwards = Math.max(forwards, ahead.element().forward());
            happen();
        }
        return jobs.size() > ended || !ahead.isEmpty();
    }

    private void happen() {
        while (!ahead.isEmpty() && ahead.element().forward() <= forwards) {
            switch (ahead.remove()) {
                case RandomSchedule.Event.Arrival(int _, int job, int spec, Priority priority) ->
                    jobs.put(job, submit(spec, priority));
                case RandomSchedule.Event.Cancel(int _, int job) ->
                    jobs.get(job).run().cancel();
            }
        }
    }

    private Job submit(int spec, Priority priority) {
        RecordingListener listener = new RecordingListener();
        try {
            Instant now = Instant.EPOCH.plusSeconds(forwards);
            return new Job(
                    spec, engine.submit(new Generation("job", specs.get(spec), priority, now), listener), listener);
        } catch (EngineException e) {
            throw new IllegalStateException(e);
        }
    }
}
