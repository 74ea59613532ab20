/**
 * How values travel: JSON, CloudEvents and trace context, and the names of topics, headers, Redis keys and object keys, each in
 * one place. Stateless, safe on any thread.
 */
package dev.genfleet.wire;
