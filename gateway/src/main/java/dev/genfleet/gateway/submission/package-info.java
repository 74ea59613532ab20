/**
 * From a posted body to a record on Kafka: parsed and completed once, here; nothing later rereads the request. Runs on the
 * threads of requests.
 */
package dev.genfleet.gateway.submission;
