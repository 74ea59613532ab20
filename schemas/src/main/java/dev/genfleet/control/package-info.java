/** Messages to every worker, on the topic {@code generation-control}. */
package dev.genfleet.control;
