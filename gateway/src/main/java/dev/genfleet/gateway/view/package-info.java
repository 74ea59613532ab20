/**
 * The view of each job: facts in Redis, applied atomically in any order and any number of times, and the pure function that
 * folds them into a state. Everything here can be dropped and rebuilt from Kafka. Any thread.
 */
package dev.genfleet.gateway.view;
