/** Tests of the command line without a fleet. */
package dev.genfleet.cli;
