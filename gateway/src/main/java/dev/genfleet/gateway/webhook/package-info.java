/**
 * Tells callers, by Standard Webhooks 1.0.0. Every intent and every attempt is a note on a topic of its own, folded like jobs, so a
 * schedule survives any restart. Threads: {@code webhook-intake} turns events into intents (consumer group), {@code
 * webhook-ledger} folds notes, {@code webhook-dispatch} hands what is due to virtual threads that send.
 */
package dev.genfleet.gateway.webhook;
