package dev.breakwater.gateway.docs;

import java.io.IOException;
import java.io.InputStream;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;

/** Serves the contract, which is written by hand as {@code openapi.yaml}, as JSON. */
@RestController
class ApiDocumentController {

    /**
     * The headers and bodies that answers share are anchors in the file; the reader's default guards against strangers.
     */
    private static final int MOST_ALIASES = 500;

    private final byte[] document;

    ApiDocumentController() throws IOException {
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(MOST_ALIASES);
        try (InputStream yaml = new ClassPathResource("openapi.yaml").getInputStream()) {
            var read = new Yaml(new SafeConstructor(options)).load(yaml);
            this.document = JsonMapper.shared().writeValueAsBytes(read);
        }
    }

    @GetMapping("/v3/api-docs")
    ResponseEntity<byte[]> document() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(document);
    }
}
