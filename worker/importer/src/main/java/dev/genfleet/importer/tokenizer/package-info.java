/**
 * Tokenizers as published, brought into the one form that workers read: {@code tokenizer.json} of Hugging Face tokenizers.
 * Stateless, safe on any thread.
 */
package dev.genfleet.importer.tokenizer;
