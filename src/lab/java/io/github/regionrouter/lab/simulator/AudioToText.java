package io.github.regionrouter.lab.simulator;

/** {@code audio/transcriptions} and {@code audio/translations}: says how long the file was. */
final class AudioToText implements Operation {

    private final String name;

    AudioToText(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Answer answer(Call call) {
        if (!call.isForm()) {
            throw Refusal.badRequest("The request must be multipart/form-data.", "body");
        }
        byte[] file = call.form().parts().get("file");
        if (file == null) {
            throw Refusal.badRequest("Missing required parameter: 'file'.", "file");
        }
        return Answer.generated(Json.map("text", call.region() + " heard " + file.length + " bytes"), 1);
    }
}
