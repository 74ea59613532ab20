package dev.genfleet.worker.job;

import dev.genfleet.worker.artifact.Uploads;
import dev.genfleet.worker.checkpoint.CheckpointStore;
import dev.genfleet.worker.events.DeadLetters;
import dev.genfleet.worker.events.EventLog;
import dev.genfleet.worker.metrics.JobCounts;
import dev.genfleet.worker.progress.ProgressReporter;
import dev.genfleet.worker.view.JobView;
import java.time.InstantSource;

/**
 * All that a job passes through on a worker.
 *
 * @param view what is known about jobs already
 * @param generator makes pictures
 * @param uploads stores them
 * @param events tells what happened
 * @param deadLetters keeps what nobody could use
 * @param checkpoints keeps where jobs got to
 * @param progress tells how far jobs are
 * @param running jobs that can be canceled here
 * @param counts how attempts ended
 * @param clock time of events
 */
public record Departments(
        JobView view,
        Generator generator,
        Uploads uploads,
        EventLog events,
        DeadLetters deadLetters,
        CheckpointStore checkpoints,
        ProgressReporter progress,
        RunningJobs running,
        JobCounts counts,
        InstantSource clock) {}
