/**
 * The local stack: real parts (Kafka, Redis, an S3 endpoint, the gateway and a worker) as child processes on loopback ports that
 * nobody else uses. The thread that calls {@link dev.genfleet.local.LocalStack} owns the children; each child owns itself.
 */
package dev.genfleet.local;
