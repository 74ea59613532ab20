/** Parts of forward passes that several families of denoisers share. Stateless but for the graph they add to. */
package dev.genfleet.importer.blocks;
