/**
 * Taking jobs from Kafka. A slot is one consumer of a share group (KIP-932) on its own thread {@code slot-n}: it takes one record,
 * hands it on, renews its lease while it is worked on, settles it and takes the next. Everything here belongs to the slot's
 * thread but {@link dev.genfleet.worker.lease.Attempt} and {@link dev.genfleet.worker.lease.Slots}.
 */
package dev.genfleet.worker.lease;
