/**
 * The gateway's way to and from Kafka: topics and group settings made at start, records published with {@code acks=all}, records
 * read as facts. Others see no Kafka types.
 */
package dev.genfleet.gateway.kafka;
