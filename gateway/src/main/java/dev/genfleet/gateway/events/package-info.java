/** Event streams over HTTP: durable events from the view, progress as it comes. One virtual thread a stream. */
package dev.genfleet.gateway.events;
