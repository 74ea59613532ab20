package dev.genfleet.gateway.events;

import dev.genfleet.event.Progress;
import dev.genfleet.gateway.document.LatestProgress;
import dev.genfleet.gateway.view.JobFacts;
import dev.genfleet.gateway.view.JobView;
import dev.genfleet.gateway.view.JobWatch;
import dev.genfleet.gateway.view.ViewStore;
import java.time.Duration;
import java.util.Optional;

/**
 * One job of the view.
 *
 * @param store the view
 * @param latest kept progress
 * @param view the job when the stream began
 * @param watch wakes the stream
 */
record JobSource(ViewStore store, LatestProgress latest, JobView view, JobWatch watch) implements Source {

    @Override
    public JobFacts facts() {
        return store.find(view.job().id());
    }

    @Override
    public Optional<Progress> latestProgress() {
        return JobView.fold(facts()).flatMap(latest::of);
    }

    @Override
    public JobWatch.Signal await(Duration longest) throws InterruptedException {
        return watch.await(longest);
    }
}
