package dev.breakwater.gateway.limits;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * A call that a trusted proxy received over TLS is a secure one, so that its answer bears HSTS. Before the filters,
 * since answers from memory are given by the first of them.
 */
final class SecureProxyValve extends ValveBase {

    private final ClientAddresses addresses;

    SecureProxyValve(ClientAddresses addresses) {
        super(true);
        this.addresses = addresses;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (addresses.isOverTls(request)) {
            request.setSecure(true);
        }
        getNext().invoke(request, response);
    }
}
