package dev.counterfoil.sim.load;

import dev.counterfoil.proto.v1.AckStatement;
import dev.counterfoil.protocol.id.BootId;
import dev.counterfoil.protocol.journal.RecordCircumstances;
import dev.counterfoil.protocol.journal.RecordDraft;
import dev.counterfoil.protocol.link.LinkLimits;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/// Many terminals on a few threads, for load: signs ahead of time, then sends as fast as the server takes it, over
/// mutual TLS, with the production session.
///
/// Threads: methods are called by one thread; the connections run on event loops named `load-…`, so that their CPU time
/// can be told from the server's in the same JVM.
public final class LoadFleet implements AutoCloseable {

  private static final String THREADS = "load";
  private static final String PROTOCOL = "TLSv1.3";

  private final InetSocketAddress server;
  private final MultiThreadIoEventLoopGroup loops;
  private final List<LoadTerminal> terminals = new ArrayList<>();
  private final List<SSLContext> contexts = new ArrayList<>();
  private final List<Channel> channels = new ArrayList<>();
  private final RandomGenerator random;
  private volatile Progress progress = new Progress(0, 0);

  /// How long one round took, from the first byte sent.
  ///
  /// @param records       sent in it
  /// @param receivedNanos until every terminal held an acknowledgement RECEIVED for its last record
  /// @param settledNanos  the same for SETTLED
  /// @param acks          acknowledgements that arrived
  public record Round(long records, long receivedNanos, long settledNanos, long acks) {}

  /// What a round waits for. Called on the event loops.
  private static final class Progress {

    private final AtomicReferenceArray<Boolean> received;
    private final AtomicReferenceArray<Boolean> settled;
    private final CountDownLatch allReceived;
    private final CountDownLatch allSettled;
    private final LongAdder acks = new LongAdder();
    private volatile long receivedAt;
    private volatile long settledAt;

    Progress(int terminals, int waitingFor) {
      received = new AtomicReferenceArray<>(Math.max(1, terminals));
      settled = new AtomicReferenceArray<>(Math.max(1, terminals));
      allReceived = new CountDownLatch(waitingFor);
      allSettled = new CountDownLatch(waitingFor);
    }

    private void ack(int terminal, AckStatement ack, long headSeq) {
      acks.increment();
      if (ack.getReceived().getSeq() >= headSeq && received.compareAndSet(terminal, null, true)) {
        receivedAt = System.nanoTime();
        allReceived.countDown();
      }
      if (ack.getSettled().getSeq() >= headSeq && settled.compareAndSet(terminal, null, true)) {
        settledAt = System.nanoTime();
        allSettled.countDown();
      }
    }
  }

  /// @param threads event loops of the load
  public LoadFleet(InetSocketAddress server, int threads, RandomGenerator random) {
    this.server = server;
    this.random = random;
    this.loops = new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory(THREADS, true),
        NioIoHandler.newFactory());
  }

  /// Adds one enrolled terminal; before [#connect].
  ///
  /// @param context TLS identity of the terminal
  public void add(LoadTerminal.Enrolled identity, SSLContext context) {
    int index = terminals.size();
    byte[] boot = new byte[BootId.LENGTH];
    random.nextBytes(boot);
    terminals.add(new LoadTerminal(identity, LinkLimits.DEFAULT, BootId.of(boot),
        ack -> progress.ack(index, ack, terminals.get(index).headSeq())));
    contexts.add(context);
  }

  public int size() {
    return terminals.size();
  }

  /// Connects all of them and waits until every session is open and in its new epoch.
  ///
  /// @throws java.util.concurrent.ExecutionException with what the first failure was
  public void connect() throws Exception {
    progress = new Progress(terminals.size(), terminals.size());
    var open = new ArrayList<CompletableFuture<Void>>();
    for (int i = 0; i < terminals.size(); i++) {
      var opened = new CompletableFuture<Void>();
      open.add(opened);
      channels.add(connect(terminals.get(i), contexts.get(i), opened));
    }
    for (CompletableFuture<Void> opened : open) {
      opened.get(30, TimeUnit.SECONDS);
    }
  }

  private Channel connect(LoadTerminal terminal, SSLContext context, CompletableFuture<Void> opened)
      throws InterruptedException {
    return new Bootstrap().group(loops).channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .handler(new ChannelInitializer<SocketChannel>() {
          @Override
          protected void initChannel(SocketChannel socket) {
            socket.pipeline().addLast(new SslHandler(engine(context)),
                new LoadConnection(terminal, LoadFleet::monotonicMillis, opened));
          }
        }).connect(server).sync().channel();
  }

  private SSLEngine engine(SSLContext context) {
    SSLEngine engine = context.createSSLEngine(server.getHostString(), server.getPort());
    engine.setUseClientMode(true);
    engine.setEnabledProtocols(new String[] {PROTOCOL});
    return engine;
  }

  private static long monotonicMillis() {
    return System.nanoTime() / 1_000_000;
  }

  /// What the n-th record of a terminal says.
  public interface Author {
    RecordDraft draft(int terminal, int number);
  }

  /// Signs records for the next round; nothing is sent. Takes some 30 microseconds a record.
  public void sign(int recordsPerTerminal, Author author, RecordCircumstances when) {
    for (int i = 0; i < terminals.size(); i++) {
      terminals.get(i).forgetSent();
      for (int n = 0; n < recordsPerTerminal; n++) {
        terminals.get(i).sign(author.draft(i, n), when);
      }
    }
  }

  /// Sends what was signed and waits until all of it is settled.
  ///
  /// @throws IllegalStateException if that took longer than two minutes
  public Round run(long records) throws InterruptedException {
    var now = new Progress(terminals.size(), terminals.size());
    progress = now;
    long started = System.nanoTime();
    for (int i = 0; i < terminals.size(); i++) {
      LoadTerminal terminal = terminals.get(i);
      channels.get(i).eventLoop().execute(() -> terminal.offer(monotonicMillis()));
    }
    if (!now.allReceived.await(2, TimeUnit.MINUTES) || !now.allSettled.await(2, TimeUnit.MINUTES)) {
      throw new IllegalStateException(
          "not settled within two minutes: " + now.allSettled.getCount() + " terminals of "
              + terminals.size());
    }
    return new Round(records, now.receivedAt - started, now.settledAt - started, now.acks.sum());
  }

  /// CPU time of the load's own threads so far, nanoseconds.
  public static long cpuNanos() {
    var threads = ManagementFactory.getThreadMXBean();
    long sum = 0;
    for (long id : threads.getAllThreadIds()) {
      var info = threads.getThreadInfo(id);
      if (info != null && info.getThreadName().startsWith(THREADS + "-")) {
        sum += Math.max(0, threads.getThreadCpuTime(id));
      }
    }
    return sum;
  }

  @Override
  public void close() {
    channels.forEach(Channel::close);
    loops.shutdownGracefully(0, 500, TimeUnit.MILLISECONDS).awaitUninterruptibly(2_000);
  }
}
