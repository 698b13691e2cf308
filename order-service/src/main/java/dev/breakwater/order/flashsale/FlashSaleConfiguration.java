package dev.breakwater.order.flashsale;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.service.registry.ImportHttpServices;

@Configuration(proxyBeanMethods = false)
@ImportHttpServices(group = "inventory", types = InventorySales.class)
class FlashSaleConfiguration {}
