package dev.genfleet.gateway.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.genfleet.wire.Json;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Answers are written in the contract's JSON form. */
@Singleton
final class WireJson {

    @Produces
    @Singleton
    ObjectMapper mapper() {
        return Json.configure(JsonMapper.builder()).build();
    }
}
