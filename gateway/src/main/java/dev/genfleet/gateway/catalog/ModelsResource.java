package dev.genfleet.gateway.catalog;

import dev.genfleet.fault.ErrorCode;
import dev.genfleet.gateway.http.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The models that jobs may name. */
@Path("/v1/models")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "models")
public class ModelsResource {

    private final ModelCatalog catalog;
    private final LoadedModels loaded;

    ModelsResource(ModelCatalog catalog, LoadedModels loaded) {
        this.catalog = catalog;
        this.loaded = loaded;
    }

    @GET
    @Operation(summary = "List the models with their labels, defaults and limits")
    public ModelList list() {
        List<LoadedModels.Heartbeat> workers = loaded.workers();
        return new ModelList(
                "list",
                catalog.all().stream()
                        .map(manifest -> ModelDocument.of(manifest, workers))
                        .toList());
    }

    @GET
    @Path("/{name}")
    @Operation(summary = "Read one model")
    public ModelDocument get(String name) {
        return catalog.find(name)
                .map(manifest -> ModelDocument.of(manifest, loaded.workers()))
                .orElseThrow(() -> new ProblemException(
                        ErrorCode.UNKNOWN_MODEL,
                        "model is '" + name + "', but the catalog has "
                                + catalog.all().stream()
                                        .map(model -> model.name())
                                        .collect(Collectors.joining(", "))
                                + "."));
    }

    /**
     * A list of models.
     *
     * @param object always {@code list}
     * @param data the models by name
     */
    record ModelList(String object, List<ModelDocument> data) {}
}
