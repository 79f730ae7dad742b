package io.github.regionrouter.lab.simulator;

/** {@code GET /models/info}, Azure AI Model Inference: what stands behind the model that a header or the query names. */
final class ModelInfo implements Operation {

    @Override
    public String name() {
        return "ModelInfo_Get";
    }

    @Override
    public boolean forDeployment() {
        return false;
    }

    @Override
    public Answer answer(Call call) {
        String model = call.query("model");
        String named = model == null ? call.request().header("x-ms-model-mesh-model-name") : model;
        if (named == null) {
            throw Refusal.badRequest("No model specified in request.", "model");
        }
        if (!call.config().serves(named)) {
            throw Refusal.of(404, AzureError.DEPLOYMENT_NOT_FOUND);
        }
        return Answer.json(
                200,
                Json.map("model_name", named, "model_type", "chat-completion", "model_provider_name", "simulator"));
    }
}
