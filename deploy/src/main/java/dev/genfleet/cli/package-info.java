/**
 * The command line {@code genfleet}: starts a local stack, submits jobs over HTTP, follows them and saves pictures. Everything runs on
 * the main thread but the local stack's children and the demo's webhook receiver.
 */
package dev.genfleet.cli;
