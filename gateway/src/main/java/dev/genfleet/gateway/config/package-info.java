/** What can be configured, all of it by environment variables that start with {@code GENFLEET_}. Read-only, any thread. */
package dev.genfleet.gateway.config;
