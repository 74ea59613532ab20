/** Reads diffusers' {@code scheduler_config.json}: the forward process, and how the package is sampled. */
package dev.genfleet.importer.scheduler;
