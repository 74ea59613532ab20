package dev.genfleet.fleet;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Waits for conditions that other processes bring about. */
final class Eventually {

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private Eventually() {}

    /**
     * The first value that there is.
     *
     * @param what for the message when there is none within {@code limit}
     */
    static <T> T within(Duration limit, String what, Look<T> look) throws Exception {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<T> seen = look.now();
            if (seen.isPresent()) {
                return seen.get();
            }
            if (System.nanoTime() > end) {
                throw new AssertionError(what + " was not seen within " + limit.toSeconds() + " s");
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    /** One look. */
    @FunctionalInterface
    interface Look<T> {
        Optional<T> now() throws Exception;
    }
}
