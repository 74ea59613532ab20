package dev.genfleet.wire;

import dev.genfleet.job.Priority;
import java.util.Arrays;
import java.util.List;

/** Names of Kafka topics and share groups. A pool is a class of device and the models that it serves. */
public final class Topics {

    /** Everything that happened to every job, keyed by job id. */
    public static final String EVENTS = "generation-events";

    /** Messages to all workers. */
    public static final String CONTROL = "generation-control";

    /** Attempts to deliver webhooks, keyed by job id. */
    public static final String WEBHOOK_DELIVERIES = "generation-webhook-deliveries";

    /** Records that could not be read and jobs that could not be done, with the reason in headers. */
    public static final String DEAD_LETTERS = "generation-dead-letters";

    private static final String JOBS_PREFIX = "generation-jobs.";

    private Topics() {}

    /** The topic of jobs that wait for a pool at one priority. */
    public static String jobs(String pool, Priority priority) {
        return JOBS_PREFIX + pool + "." + priority.wireName();
    }

    /** All job topics of a pool, most urgent first. */
    public static List<String> jobs(String pool) {
        return Arrays.stream(Priority.values())
                .map(priority -> jobs(pool, priority))
                .toList();
    }

    /** Whether jobs wait on this topic. */
    public static boolean isJobs(String topic) {
        return topic.startsWith(JOBS_PREFIX);
    }

    /** The share group of a pool's workers. */
    public static String shareGroup(String pool) {
        return "genfleet-workers-" + pool;
    }
}
