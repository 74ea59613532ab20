/** Tests of the engine: by hand with fakes that behave, and on ONNX Runtime with small real graphs. */
package dev.genfleet.engine;
