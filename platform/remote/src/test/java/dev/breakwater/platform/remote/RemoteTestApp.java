package dev.breakwater.platform.remote;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.service.registry.ImportHttpServices;

/** Calls a service of two instances, one of which only one lives, and one whose only instance is slow to say so. */
@Configuration
@EnableAutoConfiguration
@ImportHttpServices(group = "two", types = Shelf.class)
@ImportHttpServices(group = "half", types = Shelf.class)
@ImportHttpServices(group = "single", types = Shelf.class)
class RemoteTestApp {}
