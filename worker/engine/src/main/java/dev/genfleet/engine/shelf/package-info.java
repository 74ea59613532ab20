/**
 * The models of one device: loaded on demand by the thread {@code load-<device>}, kept while generations use them, and let go, the
 * least recently used first, when another needs the memory. Everything else here is safe on any thread and never waits for a load.
 */
package dev.genfleet.engine.shelf;
