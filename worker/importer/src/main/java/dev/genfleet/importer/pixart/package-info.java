/** The PixArt family: images from captions, PixArt-α and PixArt-Σ in the layout of diffusers. Stateless, safe on any thread. */
package dev.genfleet.importer.pixart;
