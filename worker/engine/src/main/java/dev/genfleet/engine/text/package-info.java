/** Captions to token vectors: tokenizers, text encoders and what was encoded lately. Owned by the text thread. */
package dev.genfleet.engine.text;
