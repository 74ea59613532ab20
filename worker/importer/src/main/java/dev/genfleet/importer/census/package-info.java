/**
 * What a graph costs, read from the graph itself: shapes by inference, multiply-accumulates, parameters. Nothing here runs a
 * model or opens its weights. Stateless, safe on any thread.
 */
package dev.genfleet.importer.census;
