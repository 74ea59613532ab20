/**
 * What the families of networks have in common: an architecture writes its forward pass, a family recognises its checkpoints.
 * Stateless or immutable, safe on any thread.
 */
package dev.genfleet.importer.family;
