/** Small real graphs with fixed random weights, and tests of ONNX Runtime on them. */
package dev.genfleet.engine.onnx;
