package io.github.regionrouter.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpClient;
import com.azure.core.http.netty.NettyAsyncHttpClientBuilder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * TLS in front of a host that speaks plain HTTP, as Azure's front end stands in front of a function app: it passes bytes on and
 * knows nothing of HTTP. Its certificate is made for this JVM, and nobody trusts it but {@link #client()}.
 */
public final class TlsFront implements AutoCloseable {

    private static final Supplier<Identity> IDENTITY = new Supplier<>() {
        private Identity made;

        @Override
        public synchronized Identity get() {
            try {
                made = made == null ? Identity.make() : made;
                return made;
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        }
    };

    private final URI host;
    private final ServerSocket listening;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    /** Starts listening on a loopback port. */
    public TlsFront(URI host) throws IOException {
        this.host = host;
        listening = IDENTITY.get()
                .server()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        inBackground(this::accept);
    }

    /** {@code https://127.0.0.1:port}. */
    public URI url() {
        return URI.create("https://127.0.0.1:" + listening.getLocalPort());
    }

    /** azure-core's usual client, which trusts the certificate of this front and no other. */
    public static HttpClient client() {
        SslContext trusting = IDENTITY.get().client();
        return new NettyAsyncHttpClientBuilder(
                        reactor.netty.http.client.HttpClient.create().secure(tls -> tls.sslContext(trusting)))
                .build();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        connections.forEach(TlsFront::closeQuietly);
    }

    private void accept() throws IOException {
        while (!listening.isClosed()) {
            Socket caller = listening.accept();
            Socket behind = new Socket(host.getHost(), host.getPort());
            connections.add(caller);
            connections.add(behind);
            inBackground(() -> pass(caller, behind));
            inBackground(() -> pass(behind, caller));
        }
    }

    /** Until one side ends, which ends both. */
    private static void pass(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] piece = new byte[16 * 1024];
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                out.write(piece, 0, length);
                out.flush();
            }
        }
    }

    private static void inBackground(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        // the end of a connection, or of the front
                    }
                },
                "tls-front");
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException closedAlready) {
            // what was wanted
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private record Identity(SSLContext server, SslContext client) {

        private static final String PASSWORD = "of-a-test";

        static Identity make() throws Exception {
            Path folder = Files.createTempDirectory("tls-front");
            Path file = folder.resolve("keys.p12");
            try {
                keytool(file);
                KeyStore keys = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
                KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                managers.init(keys, PASSWORD.toCharArray());
                SSLContext server = SSLContext.getInstance("TLS");
                server.init(managers.getKeyManagers(), null, null);
                X509Certificate certificate = (X509Certificate) keys.getCertificate("front");
                return new Identity(
                        server,
                        SslContextBuilder.forClient().trustManager(certificate).build());
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        }

        private static void keytool(Path file) throws Exception {
            Path program = Path.of(System.getProperty("java.home"), "bin", "keytool");
            String command = program + " -genkeypair -alias front -keyalg EC -dname CN=localhost -ext san=ip:127.0.0.1"
                    + " -validity 2 -storetype PKCS12 -storepass " + PASSWORD + " -keystore " + file;
            Process made = new ProcessBuilder(command.split(" ", -1))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(made.getInputStream().readAllBytes(), UTF_8);
            assertThat(made.waitFor()).as("keytool: %s", said).isZero();
        }
    }
}
