package dev.counterfoil.sim.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Sends callbacks, in the caller's thread, well or badly. Thread-safe.
final class CallbackPost implements AutoCloseable {

  private static final int TIMES = 3;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final Mood mood;
  private final List<Callback> held = new ArrayList<>();
  private final List<Integer> answers = new ArrayList<>();

  record Callback(String url, Map<String, String> headers, byte[] body) {}

  CallbackPost(Mood mood) {
    this.mood = mood;
  }

  /// @param forged what a stranger would send
  void send(Callback genuine, Callback forged) {
    if (mood.take(Misbehaviour.LOSE_CALLBACK)) {
      return;
    }
    if (mood.take(Misbehaviour.FORGE_CALLBACK)) {
      post(forged);
    }
    if (mood.take(Misbehaviour.HOLD_CALLBACK)) {
      hold(genuine);
      return;
    }
    for (int i = mood.take(Misbehaviour.REPEAT_CALLBACK) ? TIMES : 1; i > 0; i--) {
      post(genuine);
    }
  }

  private synchronized void hold(Callback callback) {
    held.add(callback);
  }

  /// Sends what was held, the last one first.
  void release() {
    List<Callback> late;
    synchronized (this) {
      late = new ArrayList<>(held.reversed());
      held.clear();
    }
    late.forEach(this::post);
  }

  private void post(Callback callback) {
    var request = HttpRequest.newBuilder(URI.create(callback.url())).timeout(TIMEOUT)
        .POST(BodyPublishers.ofByteArray(callback.body()));
    callback.headers().forEach(request::header);
    try {
      note(client.send(request.build(), BodyHandlers.discarding()).statusCode());
    } catch (IOException _) {
      // A receiver that is not there: a real gateway tries again later, here the question must find out.
      note(0);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void note(int status) {
    answers.add(status);
  }

  /// HTTP statuses that callbacks were answered with, in order; 0 where nobody answered.
  synchronized List<Integer> answers() {
    return List.copyOf(answers);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
