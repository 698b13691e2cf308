package dev.breakwater.platform.remote;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

/** A service to be called. */
interface Shelf {

    record Item(String name) {}

    @GetExchange("/items/{name}")
    Item item(@PathVariable String name);

    @PostExchange("/items")
    Item add();
}
