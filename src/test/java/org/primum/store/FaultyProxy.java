package org.primum.store;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// A network between a store and its server that breaks as told: one request a connection, each
/// numbered from 0 and given the fault that the plan has for its number.
public final class FaultyProxy implements Closeable {

  /// What happens to a request.
  public enum Fault {
    NONE,
    /// 503 with S3's own error, and nothing reaches the server.
    SLOW_DOWN,
    /// 502 with a page of HTML, as a load balancer sends it.
    BAD_GATEWAY,
    /// 429 without a body.
    TOO_MANY_REQUESTS,
    /// The connection is reset before the server sees anything.
    RESET_BEFORE,
    /// Nobody ever answers, and the server sees nothing.
    SILENCE,
    /// The server does it; the answer is lost.
    ANSWER_LOST,
    /// The server does it; the answer is a 503.
    ANSWER_REPLACED,
    /// The server does it; the connection is reset in the middle of the answer.
    RESET_INSIDE,
    /// The server does it; the connection is closed in good order in the middle of the answer.
    CUT_SHORT,
    /// The server does it; the answer stops in the middle and the connection stays open.
    STALLED;

    public boolean reachesServer() {
      return switch (this) {
        case SLOW_DOWN, BAD_GATEWAY, TOO_MANY_REQUESTS, RESET_BEFORE, SILENCE -> false;
        case NONE, ANSWER_LOST, ANSWER_REPLACED, RESET_INSIDE, CUT_SHORT, STALLED -> true;
      };
    }
  }

  /// Which fault the request of a number has.
  public interface Plan {
    Fault of(int number);
  }

  private final ServerSocket listening;
  private final int upstream;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile Plan plan = number -> Fault.NONE;

  public FaultyProxy(int upstream) throws IOException {
    this.upstream = upstream;
    this.listening = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  public int port() {
    return listening.getLocalPort();
  }

  /// Starts the numbers anew.
  public void plan(Plan next) {
    requests.clear();
    plan = next;
  }

  /// The first lines of the requests since the plan began.
  public List<String> requests() {
    return List.copyOf(requests);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        threads.execute(() -> answer(client));
      }
    } catch (IOException e) {
      // closed at the end of the test
    }
  }

  private void answer(Socket client) {
    try (client) {
      serve(client);
    } catch (IOException e) {
      // the store gave the connection up, which is its right
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(Socket client) throws IOException, InterruptedException {
    Message request = Message.readRequest(client.getInputStream());
    Fault fault = number(request);
    byte[] answer = fault.reachesServer() ? forward(request) : new byte[0];
    OutputStream out = client.getOutputStream();
    switch (fault) {
      case NONE -> out.write(answer);
      case SLOW_DOWN, ANSWER_REPLACED ->
          out.write(
              error("503 Slow Down", "application/xml", "<Error><Code>SlowDown</Code></Error>"));
      case BAD_GATEWAY -> out.write(error("502 Bad Gateway", "text/html", "<h1>Bad gateway</h1>"));
      case TOO_MANY_REQUESTS -> out.write(error("429 Too Many Requests", "text/plain", ""));
      case RESET_BEFORE -> client.setSoLinger(true, 0);
      case SILENCE -> closed.await(1, TimeUnit.MINUTES);
      case ANSWER_LOST -> {}
      case RESET_INSIDE -> {
        out.write(answer, 0, middle(answer));
        out.flush();
        client.setSoLinger(true, 0);
      }
      case CUT_SHORT -> out.write(answer, 0, middle(answer));
      case STALLED -> {
        out.write(answer, 0, middle(answer));
        out.flush();
        closed.await(1, TimeUnit.MINUTES);
      }
    }
    out.flush();
  }

  private synchronized Fault number(Message request) {
    requests.add(request.firstLine());
    return plan.of(requests.size() - 1);
  }

  /// Inside the body where there is one, else inside the head.
  private static int middle(byte[] answer) {
    String text = new String(answer, StandardCharsets.ISO_8859_1);
    int body = text.indexOf("\r\n\r\n") + 4;
    return body < answer.length ? (body + answer.length) / 2 : answer.length / 2;
  }

  private byte[] forward(Message request) throws IOException {
    try (Socket server = new Socket(InetAddress.getLoopbackAddress(), upstream)) {
      server.getOutputStream().write(request.closing());
      server.getOutputStream().flush();
      return server.getInputStream().readAllBytes();
    }
  }

  private static byte[] error(String status, String type, String body) {
    return "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
        .formatted(status, type, body.length(), body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    listening.close();
    closed.countDown();
    threads.shutdownNow();
  }

  /// A request as it came.
  private static final class Message {
    private final String head;
    private final byte[] body;

    private Message(String head, byte[] body) {
      this.head = head;
      this.body = body;
    }

    static Message readRequest(InputStream in) throws IOException {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        int next = in.read();
        if (next < 0) {
          throw new IOException("the client went away");
        }
        head.write(next);
      }
      String text = head.toString(StandardCharsets.ISO_8859_1);
      int length =
          Arrays.stream(text.split("\r\n"))
              .filter(l -> l.toLowerCase(Locale.ROOT).startsWith("content-length:"))
              .mapToInt(l -> Integer.parseInt(l.substring(l.indexOf(':') + 1).strip()))
              .findFirst()
              .orElse(0);
      return new Message(text, in.readNBytes(length));
    }

    String firstLine() {
      return head.substring(0, head.indexOf("\r\n"));
    }

    /// With the wish to have the connection closed after the answer, so that its end is its end.
    byte[] closing() throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      String kept = head.replaceAll("(?i)\r\nConnection: [^\r]*", "");
      String closing = kept.substring(0, kept.length() - 2) + "Connection: close\r\n\r\n";
      out.write(closing.getBytes(StandardCharsets.ISO_8859_1));
      out.write(body);
      return out.toByteArray();
    }
  }
}
