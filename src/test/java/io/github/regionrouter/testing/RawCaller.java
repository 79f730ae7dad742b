package io.github.regionrouter.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One connection to the router, for what the JDK's client will not send or not show. */
public final class RawCaller implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;

    public RawCaller(URI router) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), router.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Sends a head, one line each argument, with the empty line behind it. */
    public RawCaller head(String... lines) throws IOException {
        return bytes((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends a whole request. */
    public RawCaller post(String target, String body, String... headers) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>(List.of(
                "POST " + target + " HTTP/1.1",
                "Host: router.test",
                "Content-Type: application/json",
                "Content-Length: " + bytes.length));
        lines.addAll(List.of(headers));
        return head(lines.toArray(String[]::new)).bytes(bytes);
    }

    /** Sends a whole request in chunks. */
    public RawCaller postChunked(String target, byte[]... chunks) throws IOException {
        head(
                "POST " + target + " HTTP/1.1",
                "Host: router.test",
                "Content-Type: application/json",
                "Transfer-Encoding: chunked");
        for (byte[] chunk : chunks) {
            bytes((Integer.toHexString(chunk.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            bytes(chunk);
            bytes("\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
        return bytes("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawCaller bytes(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** The next whole answer of the connection. */
    public Reply read() throws IOException {
        return readBody(readHead());
    }

    /** Status and headers alone; a body is left to be read. */
    public Reply readHead() throws IOException {
        String[] start = line().split(" ", 3);
        Map<String, List<String>> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).trim());
        }
        return new Reply(Integer.parseInt(start[1]), headers, new byte[0]);
    }

    /** The body of an answer whose head was read. */
    public Reply readBody(Reply head) throws IOException {
        String length = head.header("content-length");
        byte[] body = length != null
                ? in.readNBytes(Integer.parseInt(length))
                : "chunked".equals(head.header("transfer-encoding")) ? chunks() : new byte[0];
        if (length != null && body.length < Integer.parseInt(length)) {
            throw new EOFException("body: " + body.length + " bytes (expected: " + length + ")");
        }
        return new Reply(head.status(), head.headers(), body);
    }

    /** Bytes as they come, at least one; −1 at the end. */
    public int read(byte[] into) throws IOException {
        return in.read(into);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            byte[] chunk = in.readNBytes(size);
            if (chunk.length < size) {
                throw new EOFException("chunk: cut");
            }
            whole.writeBytes(chunk);
            line();
        }
        line();
        return whole.toByteArray();
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("connection: closed after \"" + line + "\"");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }
}
