/** Reading, listing and canceling jobs, and the way to their outputs. Runs on the threads of requests. */
package dev.genfleet.gateway.jobs;
