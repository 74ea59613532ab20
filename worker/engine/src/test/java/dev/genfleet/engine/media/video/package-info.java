/** Videos are read again by FFmpeg's demuxers and decoders, and GIF by the platform's own reader. */
package dev.genfleet.engine.media.video;
