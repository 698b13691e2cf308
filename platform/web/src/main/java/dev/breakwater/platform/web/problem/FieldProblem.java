package dev.breakwater.platform.web.problem;

/** What is wrong with one field of a request; nested fields as {@code items[0].sku}. */
public record FieldProblem(String field, String message) {}
