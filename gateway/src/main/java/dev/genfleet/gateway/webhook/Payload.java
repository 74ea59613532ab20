package dev.genfleet.gateway.webhook;

import dev.genfleet.gateway.document.JobDocument;
import java.time.Instant;

/**
 * What is sent (Standard Webhooks 1.0.0, "Payload structure"): links, never the pictures themselves.
 *
 * @param type such as {@code generation.succeeded}
 * @param timestamp when it happened
 * @param data the job as it was then, with fresh links
 */
record Payload(String type, Instant timestamp, JobDocument data) {}
