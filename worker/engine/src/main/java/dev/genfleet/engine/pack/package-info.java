/** Model packages on disk: read, verified against their manifests, never changed. Immutable values, safe on any thread. */
package dev.genfleet.engine.pack;
