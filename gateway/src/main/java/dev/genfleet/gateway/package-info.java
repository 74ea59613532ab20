/**
 * The fleet's HTTP edge. This package only composes: it starts the threads of the other packages in order, says when the
 * gateway is ready, and stops them in reverse. Kafka is the truth, Redis a view of it that can be dropped at any time.
 */
package dev.genfleet.gateway;
