package io.visionops.itests;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Pages of an instance, asked for with a user's name and password or without. */
record WebPages(Instance instance) {

    static WebPages of(Instance instance) {
        return new WebPages(instance);
    }

    /** What the admin of the first start is shown. */
    String asAdmin(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = answer("GET", path, "admin", instance.adminPassword());
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + ": " + answer.statusCode() + "\n" + answer.body());
        }
        return answer.body();
    }

    /**
     * @param user null for a stranger
     */
    HttpResponse<String> answer(String method, String path, String user, String password)
            throws IOException, InterruptedException {
        String encoded = path.replace("[", "%5B").replace("]", "%5D");
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + instance.port("http") + encoded))
                        .timeout(Duration.ofSeconds(20))
                        .method(method, HttpRequest.BodyPublishers.noBody());
        if (user != null) {
            byte[] login = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login));
        }
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
