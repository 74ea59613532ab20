/** Links to outputs in object storage, signed when they are asked for and never stored. Any thread. */
package dev.genfleet.gateway.storage;
