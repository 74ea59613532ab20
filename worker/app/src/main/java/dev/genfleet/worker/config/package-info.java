/** The worker's configuration: read once from environment variables when the process starts, complete and checked, then never again. */
package dev.genfleet.worker.config;
