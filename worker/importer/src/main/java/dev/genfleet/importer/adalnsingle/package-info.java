/**
 * What PixArt and Latte have in common: blocks with adaLN-single, captions projected once, positions rescaled to any grid.
 * Stateless but for the graph they add to.
 */
package dev.genfleet.importer.adalnsingle;
