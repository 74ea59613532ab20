/**
 * Noise schedulers: the tables of the diffusion process, which training steps a sampler visits, and one step of each sampler.
 * Immutable and stateless, safe on any thread; what changes lives in the sample.
 */
package dev.genfleet.engine.schedule;
