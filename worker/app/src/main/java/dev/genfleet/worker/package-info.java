/**
 * The worker as a process: reads its configuration, puts its parts together, and takes them apart in order when it is told to stop.
 * The main thread owns all of it until the worker runs, the shutdown hook after that.
 */
package dev.genfleet.worker;
