/**
 * Carries Kafka's records into the view, and notices when the view is lost. Owned by the thread {@code projector}; progress by
 * the thread {@code progress-feed}.
 */
package dev.genfleet.gateway.projection;
