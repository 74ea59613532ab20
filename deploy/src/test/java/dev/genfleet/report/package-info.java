/** Tests of the report about the sample models. */
package dev.genfleet.report;
