/**
 * Videos, and WebP pictures, as files: deterministic bytes with the spec inside, by FFmpeg's encoders and muxers; the only package
 * that knows its types. A writer belongs to one thread, a decode thread of the engine, and must be closed.
 */
package dev.genfleet.engine.media.video;
