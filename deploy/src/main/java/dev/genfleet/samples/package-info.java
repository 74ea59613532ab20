/**
 * The world of shapes, which the sample models were trained on: scenes of it can be put in words, drawn and judged by a program.
 *
 * <p>{@link dev.genfleet.samples.SceneJudge} says of a picture or a clip which words of a request are right. It sees without
 * knowing the request, learns nothing, and is not convinced by what is between two words: a radius more than 20 % from that of a
 * size, a centre more than 8 % of the canvas from a place in either direction, a displacement more than 8 % of the canvas from that
 * of a motion, and a direction that strays by more than half as far sideways as ahead are wrong. A picture with more objects than
 * were asked for, or with one that resembles no shape (overlap below 0.7), is wrong in all that is said about them. Stains below a
 * fifth of the largest object are overlooked.
 *
 * <p>Calibration ({@code JudgeCalibrationTest}): of 500 drawings of one object, 500 of two and 150 clips, all were right in all
 * aspects, as drawn and again after Gaussian blur of 0.8 pixels and noise of standard deviation 6 of 255; and for every one of them a
 * request with one word changed was found wrong in that word and in nothing else. The weakest fit overlapped by 0.92, and the
 * displacement of a clip was off by 1 % of the canvas at most. Of 325 drawings that the sample autoencoder decoded from latents with
 * added noise, 93 % were judged all right; most of the others are visibly deformed, and in some the corners of small shapes are so
 * round that the judge takes a cross for a diamond or a square for a circle. A picture takes 2–3 ms.
 *
 * <p>Everything here is immutable and stateless, safe on any thread, except that a renderer draws from its random generator.
 */
package dev.genfleet.samples;
