package dev.genfleet.engine;

import dev.genfleet.job.Priority;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Who arrives at an engine and who is canceled, and when: after how many forwards. Drawn from a seed.
 *
 * @param events in order of time
 */
record RandomSchedule(List<Event> events) {

    private static final int MOST_JOBS = 9;
    private static final int MOST_FORWARDS_BETWEEN_ARRIVALS = 4;
    private static final int MOST_FORWARDS_UNTIL_CANCELED = 8;
    private static final int ONE_IN_CANCELED = 4;

    RandomSchedule {
        events = List.copyOf(events);
    }

    /** Something that happens to an engine. */
    sealed interface Event {

        /** It happens once so many forwards have run, or when nothing else is left to do. */
        int forward();

        /**
         * A job is submitted.
         *
         * @param forward when
         * @param job number of the job within the schedule
         * @param spec index of its spec
         * @param priority its priority
         */
        record Arrival(int forward, int job, int spec, Priority priority) implements Event {}

        /**
         * A job's caller no longer wants it.
         *
         * @param forward when; the job may have ended by then
         * @param job number of a job that has arrived
         */
        record Cancel(int forward, int job) implements Event {}
    }

    /** A schedule of jobs with some of {@code specs} specs. */
    static RandomSchedule draw(RandomGenerator random, int specs) {
        List<Event> events = new ArrayList<>();
        Priority[] priorities = Priority.values();
        int jobs = 2 + random.nextInt(MOST_JOBS - 1);
        int forward = 0;
        for (int job = 0; job < jobs; job++) {
            Priority priority = priorities[random.nextInt(priorities.length)];
            events.add(new Event.Arrival(forward, job, random.nextInt(specs), priority));
            if (random.nextInt(ONE_IN_CANCELED) == 0) {
                events.add(new Event.Cancel(forward + random.nextInt(MOST_FORWARDS_UNTIL_CANCELED), job));
            }
            forward += random.nextInt(MOST_FORWARDS_BETWEEN_ARRIVALS + 1);
        }
        // Stable, so that a job that is canceled at once has arrived before.
        events.sort(Comparator.comparingInt(Event::forward));
        return new RandomSchedule(events);
    }
}
