package dev.genfleet.job;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** UUIDs of version 7 (RFC 9562 section 5.7), strictly increasing within a process (method 3: sub-millisecond counter). */
final class TimeOrderedUuid {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Milliseconds since the epoch in the upper 52 bits, a 12-bit counter below. */
    private static final AtomicLong LAST = new AtomicLong();

    private TimeOrderedUuid() {}

    static UUID next() {
        long now = System.currentTimeMillis() << 12;
        long ticket = LAST.updateAndGet(last -> Math.max(last + 1, now));
        long high = (ticket >>> 12) << 16 | 0x7000L | (ticket & 0xFFFL);
        long low = (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    static UUID parse(String what, String text) {
        if (text.length() == 36) {
            try {
                return UUID.fromString(text);
            } catch (IllegalArgumentException notAUuid) {
                // told below, in one form for every way of being wrong
            }
        }
        throw new IllegalArgumentException(
                what + " is '" + text + "', but must be a UUID such as 01975b6e-5f2c-7c3a-9a51-0d3d2a1b4c5d");
    }
}
