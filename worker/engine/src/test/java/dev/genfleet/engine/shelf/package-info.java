/** Tests of which models are on a device. */
package dev.genfleet.engine.shelf;
