package dev.breakwater.order.overview;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.service.registry.ImportHttpServices;

@Configuration(proxyBeanMethods = false)
@ImportHttpServices(group = "inventory", types = ProductClient.class)
@ImportHttpServices(group = "payment", types = PaymentClient.class)
class OverviewConfiguration {}
