/** What the worker counts, and the page on which Prometheus reads it. Counters are safe on any thread and never block. */
package dev.genfleet.worker.metrics;
