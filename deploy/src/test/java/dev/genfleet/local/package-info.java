/** Tests of how child processes are started, found and stopped, with small ones. */
package dev.genfleet.local;
