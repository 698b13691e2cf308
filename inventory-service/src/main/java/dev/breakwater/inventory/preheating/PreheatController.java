package dev.breakwater.inventory.preheating;

import dev.breakwater.inventory.preheating.Preheating.Preheated;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Preheats this instance; the gateway asks all. */
@RestController
class PreheatController {

    private final Preheating preheating;

    PreheatController(Preheating preheating) {
        this.preheating = preheating;
    }

    @PostMapping("/api/v1/admin/preheat")
    Preheated preheat() {
        return preheating.preheat();
    }
}
