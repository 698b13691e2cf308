package dev.breakwater.platform.web.exchange;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * Reads what is left of a refused request's body, so that its client sees the answer and not a reset, and no longer
 * than the connection time-out in total. Tomcat by itself waits that long for each next byte, up to its greatest size
 * to swallow.
 */
public final class UnreadBodyValve extends ValveBase {

    public UnreadBodyValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
        var received = request.getCoyoteRequest();
        var hasBody = received.getContentLengthLong() > 0 || received.getHeader("Transfer-Encoding") != null;
        // Who asked whether he should send a body at all is not waited for.
        if (!hasBody || request.isAsync() || request.isFinished() || received.hasExpectation()) {
            return;
        }
        response.finishResponse();
        if (!isReadToItsEnd(
                received, (AbstractHttp11Protocol<?>) request.getConnector().getProtocolHandler())) {
            received.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }

    private static boolean isReadToItsEnd(org.apache.coyote.Request received, AbstractHttp11Protocol<?> protocol) {
        var began = System.nanoTime();
        var longest = TimeUnit.MILLISECONDS.toNanos(protocol.getConnectionTimeout());
        var part = new Part();
        long left = protocol.getMaxSwallowSize();
        try {
            while (left >= 0 && System.nanoTime() - began < longest) {
                var read = received.doRead(part);
                if (read < 0) {
                    return true;
                }
                left -= read;
            }
        } catch (IOException e) {
            // It does not come, or is no body: the same as one that takes too long.
            return false;
        }
        return false;
    }

    /** What came last. */
    private static final class Part implements ApplicationBufferHandler {

        private ByteBuffer buffer = EMPTY_BUFFER;

        @Override
        public void setByteBuffer(ByteBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return buffer;
        }

        @Override
        public void expand(int size) {
            // Nothing is kept.
        }
    }
}
