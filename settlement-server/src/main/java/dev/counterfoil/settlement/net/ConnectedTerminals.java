package dev.counterfoil.settlement.net;

import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Command;
import dev.counterfoil.proto.v1.Result;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.settlement.engine.LiveSessions;
import dev.counterfoil.settlement.engine.TerminalLine;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/// Orders to terminals over their desk connections. Thread-safe.
public final class ConnectedTerminals implements TerminalLine {

  /// A journal on a slow card takes seconds; a terminal that says nothing for so long will not.
  private static final long PATIENCE_MILLIS = 30_000;

  private final LiveSessions<TerminalSession> live;
  private final AtomicLong numbers = new AtomicLong();

  public ConnectedTerminals(LiveSessions<TerminalSession> live) {
    this.live = live;
  }

  @Override
  public boolean isConnected(TerminalId terminal) {
    return live.current(terminal, Channel.CHANNEL_DESK).isPresent();
  }

  @Override
  public Optional<Result> order(TerminalId terminal, String command) {
    var result = new CompletableFuture<Result>();
    var session = live.current(terminal, Channel.CHANNEL_DESK);
    if (session.isEmpty()) {
      return Optional.empty();
    }
    var order = Command.newBuilder().setId(numbers.incrementAndGet()).setName(command).build();
    session.get().order(order, result);
    try {
      return Optional.of(result.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
    } catch (TimeoutException | ExecutionException _) {
      // No answer in time, or the connection broke: the terminal may have done it all the same.
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
