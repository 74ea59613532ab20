package dev.genfleet.gateway.events;

import dev.genfleet.event.Progress;
import dev.genfleet.gateway.view.Fact;
import dev.genfleet.gateway.view.JobFacts;
import dev.genfleet.gateway.view.JobView;
import java.time.Duration;
import java.util.Optional;

/** Follows one job and tells what the client has not seen yet, until the job's end. One thread. */
final class EventStream {

    /** How often a client hears something although nothing happens. */
    static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** The view is looked at this often even without a signal. */
    private static final Duration LOOK = Duration.ofSeconds(3);

    private static final int LOOKS_A_HEARTBEAT = (int) HEARTBEAT.dividedBy(LOOK);

    private final Source source;
    private final Listener listener;
    private StreamPosition seen;
    private Optional<JobView> view = Optional.empty();
    private int quietLooks;

    EventStream(Source source, Listener listener, StreamPosition seen) {
        this.source = source;
        this.listener = listener;
        this.seen = seen;
    }

    /** Tells everything up to the end. */
    void run() throws InterruptedException {
        boolean open = catchUp();
        source.latestProgress().ifPresent(this::progressed);
        while (open && listener.listening()) {
            open = runOnce();
        }
    }

    /** Waits for a signal and tells what it is about; false once the job's end was told. */
    boolean runOnce() throws InterruptedException {
        var signal = source.await(LOOK);
        if (signal.quiet()) {
            quietLooks++;
            if (quietLooks % LOOKS_A_HEARTBEAT == 0) {
                listener.heartbeat();
            }
        }
        if (signal.quiet() || signal.viewChanged()) {
            if (!catchUp()) {
                return false;
            }
        }
        signal.progress().ifPresent(this::progressed);
        return true;
    }

    private boolean catchUp() {
        JobFacts facts = source.facts();
        view = JobView.fold(facts).or(() -> view);
        if (view.isEmpty()) {
            return true;
        }
        for (Fact.Happened happened : view.get().history()) {
            if (happened.position().compareTo(seen.event()) > 0) {
                seen = StreamPosition.at(happened.position());
                JobFacts then = facts.upTo(happened.position());
                JobView asItWas = JobView.fold(then).orElseThrow();
                listener.happened(seen, happened.event().type(), asItWas);
            }
        }
        return !view.get().state().terminal();
    }

    private void progressed(Progress progress) {
        boolean fromLastLease =
                view.flatMap(JobView::lease).filter(progress.leaseId()::equals).isPresent();
        if (fromLastLease
                && progress.step() > seen.step()
                && !view.orElseThrow().state().terminal()) {
            seen = seen.withStep(progress.step());
            listener.progressed(seen, progress);
        }
    }
}
