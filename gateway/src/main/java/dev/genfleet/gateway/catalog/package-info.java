/**
 * The models that jobs may name, read from the folder of packages. The thread {@code catalog} reads it again when it changes;
 * readers see whole snapshots. No Kafka.
 */
package dev.genfleet.gateway.catalog;
