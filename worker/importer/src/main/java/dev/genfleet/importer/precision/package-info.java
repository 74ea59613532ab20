/**
 * Other forms of finished graphs: lower precisions, and operators that other runtimes have. Every form is a rewriting of a graph
 * into another one, and knows no model. Stateless or immutable, safe on any thread; weights are converted on all processors.
 */
package dev.genfleet.importer.precision;
