/**
 * A plain reading of checkpoints: every network's forward pass computed a second time, straight from its formulas, in 64-bit
 * arithmetic and without a graph, so that an imported graph can be compared with it. Shares nothing with the writing of graphs but
 * the records of dimensions. Slow by design; layers are read one by one, so memory does not grow with the checkpoint. Products run
 * on all processors; results do not depend on how many there are.
 */
package dev.genfleet.importer.plain;
