/** Pictures as files: deterministic bytes with the spec inside. Stateless, used by the decode threads. */
package dev.genfleet.engine.media;
