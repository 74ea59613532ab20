/**
 * Errors as RFC 9457 problem documents, and limits that hold for every route. Runs on the threads of requests.
 */
package dev.genfleet.gateway.http;
