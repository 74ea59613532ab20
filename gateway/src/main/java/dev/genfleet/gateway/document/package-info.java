/** The job as callers see it: one form for reads, lists, event streams and webhooks. Any thread. */
package dev.genfleet.gateway.document;
