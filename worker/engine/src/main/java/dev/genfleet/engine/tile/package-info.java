/** Large latents decoded in overlapping tiles, on top of any latent decoder. Safe on any thread. */
package dev.genfleet.engine.tile;
