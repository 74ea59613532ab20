/** Real parts on loopback and hand-written fakes for the worker's tests. */
package dev.genfleet.worker.testing;
