/**
 * The last line against lost jobs: what should have gone on and did not is enqueued again, what waited too long expires. Owned by the
 * thread {@code reconciler}; one gateway at a time does it, by a lease in Redis, and doing it twice is harmless.
 */
package dev.genfleet.gateway.reconcile;
