/**
 * Random numbers as PyTorch's CPU generator draws them, addressable by step. Each stream belongs to one sample and is used by
 * the thread that steps it.
 */
package dev.genfleet.engine.noise;
