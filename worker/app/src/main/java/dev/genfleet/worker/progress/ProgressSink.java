package dev.genfleet.worker.progress;

import dev.genfleet.event.Progress;

/** Where progress goes. */
@FunctionalInterface
public interface ProgressSink {

    /** Takes one report; loses it when nobody is there to take it. Waits a second at most. */
    void accept(Progress progress);
}
