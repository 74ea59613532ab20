package dev.genfleet.report;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Has many orders carried out at once: so many that the fleet always has work, so few that nobody else's job waits behind hundreds.
 */
final class Studio implements AutoCloseable {

    /** More than a worker's batch, for the next jobs must be there when the first of it end. */
    private static final int IN_FLIGHT = 32;

    private final FleetClient fleet;
    private final ReportListener listener;
    private final ExecutorService threads = Executors.newFixedThreadPool(
            IN_FLIGHT, Thread.ofPlatform().name("order-", 0).daemon().factory());

    Studio(FleetClient fleet, ReportListener listener) {
        this.fleet = fleet;
        this.listener = listener;
    }

    /** Outcomes in the order of {@code orders}. */
    List<Outcome> all(String what, List<Order> orders) throws InterruptedException {
        AtomicInteger done = new AtomicInteger();
        List<Future<Outcome>> waiting = new ArrayList<>();
        for (Order order : orders) {
            waiting.add(threads.submit(() -> {
                Outcome outcome = fleet.carryOut(order);
                listener.made(what, done.incrementAndGet(), orders.size());
                return outcome;
            }));
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (Future<Outcome> each : waiting) {
            outcomes.add(outcome(each));
        }
        return List.copyOf(outcomes);
    }

    /** The same, each only after the one before has ended. */
    List<Outcome> oneByOne(String what, List<Order> orders) throws InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        for (Order order : orders) {
            outcomes.add(fleet.carryOut(order));
            listener.made(what, outcomes.size(), orders.size());
        }
        return List.copyOf(outcomes);
    }

    private static Outcome outcome(Future<Outcome> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("carrying out an order", e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
