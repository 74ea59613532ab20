/**
 * The world of shapes, which the sample models were trained on: it can be drawn, and pictures of it can be judged, by a program.
 * Everything here is immutable and stateless, safe on any thread.
 */
package dev.genfleet.samples;
