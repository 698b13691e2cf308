# An image a service, made by `docker compose build`, which takes the tags of the base images from .env:
#   SERVICE is a module's folder, PORT and ACTUATOR_PORT are where it listens.
ARG JDK_TAG
ARG JDK_DIGEST
ARG JRE_TAG
ARG JRE_DIGEST

# All services in one build, which their images share. Jars are the same for every architecture.
FROM --platform=$BUILDPLATFORM eclipse-temurin:${JDK_TAG}${JDK_DIGEST} AS build
WORKDIR /breakwater
COPY . .
RUN --mount=type=cache,target=/root/.m2,sharing=locked \
    ./mvnw -B -ntp -q -P sbom -Dmaven.test.skip=true -am package \
      -pl discovery-config,bank-simulator,inventory-service,order-service,payment-service,gateway-service
RUN javac -d health image/Health.java

# As plain jars, which start faster than nested ones; the bank simulator's are plain already.
FROM --platform=$BUILDPLATFORM build AS unpacked
ARG SERVICE
RUN cd "$SERVICE/target" && mkdir /app \
 && if [ -d lib ]; then cp -a "$SERVICE"-*-exec.jar lib /app; \
    else java -Djarmode=tools -jar "$SERVICE"-*-exec.jar extract --destination /app --force; fi \
 && mv /app/*-exec.jar /app/app.jar \
 && mv classes/META-INF/sbom/application.cdx.json /app/sbom.cdx.json

# The ahead-of-time cache is good for the JVM, the jars and the options that it was trained with. The training starts
# the service up to its refreshed context without any network. Its heap is named, because a share of a large machine's memory
# would do without compressed pointers, and no container would take the cache.
FROM eclipse-temurin:${JRE_TAG}${JRE_DIGEST} AS trained
COPY image/jvm.options /app/
COPY --from=unpacked /app /app
RUN --network=none \
    DISCOVERY_URL=http://127.0.0.1:9 SPRING_PROFILES_ACTIVE=demo,aot-training \
    SERVER_ADDRESS=127.0.0.1 SERVER_PORT=0 MANAGEMENT_SERVER_PORT=0 \
    java @/app/jvm.options -Xmx256m -XX:AOTCacheOutput=/app/app.aot -Dspring.context.exit=onRefresh -jar /app/app.jar

FROM eclipse-temurin:${JRE_TAG}${JRE_DIGEST}
ARG SERVICE
ARG PORT
ARG ACTUATOR_PORT
ARG VERSION
ARG REVISION
LABEL org.opencontainers.image.title="Breakwater ${SERVICE}" \
      org.opencontainers.image.description="A shop that stays correct and quick while the flood comes: ${SERVICE}" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
# What changes least comes first.
COPY --from=build /breakwater/health /app/health
COPY --from=trained /app/lib /app/lib
COPY --from=trained /app/jvm.options /app/sbom.cdx.json /app/app.jar /app/app.aot /app/
ENV SERVER_PORT=${PORT} MANAGEMENT_SERVER_PORT=${ACTUATOR_PORT}
EXPOSE ${PORT} ${ACTUATOR_PORT}
USER 10001:10001
WORKDIR /app
# Ready, and not merely alive: this is what others wait for. The image has no curl and needs no shell.
HEALTHCHECK --interval=15s --timeout=5s --retries=3 --start-period=180s --start-interval=3s \
    CMD ["java", "-Xmx8m", "-Xshare:auto", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-cp", "/app/health", "Health"]
ENTRYPOINT ["java", "@/app/jvm.options", "-XX:AOTCache=/app/app.aot", "-jar", "/app/app.jar"]
