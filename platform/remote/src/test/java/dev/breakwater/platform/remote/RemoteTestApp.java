package dev.breakwater.platform.remote;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.service.registry.ImportHttpServices;

/** Calls services of two instances, of which sometimes only one lives, and one with a single instance. */
@Configuration
@EnableAutoConfiguration
@ImportHttpServices(group = "two", types = Shelf.class)
@ImportHttpServices(group = "half", types = Shelf.class)
@ImportHttpServices(group = "dead", types = Shelf.class)
@ImportHttpServices(group = "storm", types = Shelf.class)
@ImportHttpServices(group = "hurried", types = Shelf.class)
@ImportHttpServices(group = "single", types = Shelf.class)
class RemoteTestApp {}
