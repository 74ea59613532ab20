/** What the gateways' view in Redis says about a job when a worker takes it. Read only; stateless, safe on any thread. */
package dev.genfleet.worker.view;
