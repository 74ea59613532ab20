/** The Latte family: videos from captions, spatial and temporal blocks in turn. Stateless, safe on any thread. */
package dev.genfleet.importer.latte;
