/**
 * Writes ONNX graphs: nodes, layers that model families share, and initialisers whose bytes stay in the checkpoint. Knows no
 * model. A builder belongs to one thread; what it returns is immutable.
 */
package dev.genfleet.importer.onnx;
