/** Golden vectors of independent implementations, and how tests read and compare them. */
package dev.genfleet.engine.golden;
