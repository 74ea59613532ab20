/** The connection pool to Redis, shared by all threads. */
package dev.genfleet.gateway.redis;
