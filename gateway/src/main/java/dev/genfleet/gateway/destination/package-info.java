/** Where the gateway may connect to on a caller's behalf. Any thread. */
package dev.genfleet.gateway.destination;
