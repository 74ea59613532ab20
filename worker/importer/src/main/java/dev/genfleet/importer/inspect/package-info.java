/** What a model package holds and costs, for people who have one in front of them. Stateless, safe on any thread. */
package dev.genfleet.importer.inspect;
