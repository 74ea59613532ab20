/** Runs imported graphs on this machine, so that an import can be checked. Stateless, safe on any thread. */
package dev.genfleet.check;
