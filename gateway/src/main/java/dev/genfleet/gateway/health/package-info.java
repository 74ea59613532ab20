/** Whether this gateway can serve: Kafka, Redis and the view. Runs on the threads of requests. */
package dev.genfleet.gateway.health;
