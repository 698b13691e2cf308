package dev.breakwater.platform.web.exchange;

import java.io.IOException;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** Tomcat's HTTP/1.1 with a time-out of its own for writing; by itself it takes the one for reading. */
public final class WriteTimedProtocol extends Http11NioProtocol {

    private volatile long writeTimeout;

    /** @param writeTimeout how long a client may take to make room for the next part of an answer, in milliseconds */
    public void setWriteTimeout(long writeTimeout) {
        this.writeTimeout = writeTimeout;
    }

    @Override
    protected Processor createProcessor() {
        return new Http11Processor(this, adapter) {
            @Override
            public SocketState service(SocketWrapperBase<?> socket) throws IOException {
                socket.setWriteTimeout(writeTimeout);
                return super.service(socket);
            }
        };
    }
}
