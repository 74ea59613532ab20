/** Text encoders whose token vectors denoisers are conditioned on: CLIP's and T5's. Stateless, safe on any thread. */
package dev.genfleet.importer.text;
