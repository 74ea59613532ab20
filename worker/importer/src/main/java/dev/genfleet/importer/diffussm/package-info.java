/**
 * DiffuSSM (Yan, Gu and Rush 2024): diffusion with gated bidirectional state spaces in place of attention. Immutable, but for the
 * writing of graphs and spectra, which belongs to one thread.
 */
package dev.genfleet.importer.diffussm;
