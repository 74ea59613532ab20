/**
 * How good the sample models are, measured through the fleet: fixed scenes become jobs of a gateway, what comes back is judged, and
 * the numbers become a page, a JSON file and a table. The caller's thread walks through the sections; a {@link
 * dev.genfleet.report.Studio} owns the threads that wait for jobs.
 */
package dev.genfleet.report;
