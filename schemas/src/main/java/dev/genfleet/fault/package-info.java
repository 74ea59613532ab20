/** What can go wrong, in one table: whose fault it is, and what callers and leases make of it. */
package dev.genfleet.fault;
