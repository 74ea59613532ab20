/** Tests of running imported graphs. */
package dev.genfleet.check;
