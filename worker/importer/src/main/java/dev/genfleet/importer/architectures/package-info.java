/** The field's denoisers as their papers size them, beside what our own graphs of them cost. Stateless, safe on any thread. */
package dev.genfleet.importer.architectures;
