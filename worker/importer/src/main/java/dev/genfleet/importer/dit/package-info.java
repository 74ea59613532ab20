/** The DiT family: class-conditional diffusion transformers with adaLN-Zero blocks. Stateless, safe on any thread. */
package dev.genfleet.importer.dit;
