package dev.counterfoil.settlement.app;

import dev.counterfoil.protocol.crypto.Ed25519Signer;
import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.protocol.enrolment.EnrolmentCode;
import dev.counterfoil.settlement.admin.AdminCommands;
import dev.counterfoil.settlement.admin.AdminSocket;
import dev.counterfoil.settlement.admin.CoreAdminDesk;
import dev.counterfoil.settlement.api.ApiRoutes;
import dev.counterfoil.settlement.api.OperationsRoutes;
import dev.counterfoil.settlement.api.WebServer;
import dev.counterfoil.settlement.copy.CopyException;
import dev.counterfoil.settlement.copy.SegmentFiles;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.engine.Background;
import dev.counterfoil.settlement.api.GatewayCallbacks;
import dev.counterfoil.settlement.circuit.Circuits;
import dev.counterfoil.settlement.circuit.GuardedOperation;
import dev.counterfoil.settlement.gateway.GatewayHttp;
import dev.counterfoil.settlement.payment.Gateways;
import dev.counterfoil.settlement.engine.Engine;
import dev.counterfoil.settlement.engine.LiveSessions;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.net.ConnectedTerminals;
import dev.counterfoil.settlement.net.LinkServer;
import dev.counterfoil.settlement.net.Registered;
import dev.counterfoil.settlement.net.Sessions;
import dev.counterfoil.settlement.net.TerminalSession;
import dev.counterfoil.settlement.ops.Readiness;
import dev.counterfoil.settlement.ops.ServerMetrics;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.settlement.signin.SignInService;
import dev.counterfoil.settlement.store.SiteRow;
import dev.counterfoil.settlement.store.SettlementStore;
import dev.counterfoil.settlement.store.StoreException;
import dev.counterfoil.settlement.terminals.ca.ClientTrust;
import dev.counterfoil.settlement.terminals.ca.ServerKeys;
import dev.counterfoil.settlement.enrolment.AttemptLimiter;
import dev.counterfoil.settlement.enrolment.EnrolmentDesk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running server: the one place where its parts are put together, in the order in which they need each other, and
/// taken apart in the reverse one.
public final class SettlementServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SettlementServer.class);

  private final ServerConfig config;
  private final InstantSource clock = InstantSource.system();
  private final LongSupplier monotonicMillis = () -> System.nanoTime() / 1_000_000;
  private final SecureRandom random = new SecureRandom();
  private final StrictVerifier signatures = new StrictVerifier();
  private final ServerMetrics metrics = new ServerMetrics();
  private final Readiness readiness = new Readiness();
  private final CompletableFuture<StoreException> broken = new CompletableFuture<>();
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final LinkServer link;
  private final WebServer http;

  /// Starts a server; it is ready when this returns.
  ///
  /// @throws StartupException with one line for the operator; everything that was opened is closed again
  public SettlementServer(ServerConfig config) {
    this(config, false);
  }

  /// @param newKeys makes keys that are missing even for a database that was used with others: every terminal must
  ///     then enrol again
  public SettlementServer(ServerConfig config, boolean newKeys) {
    this.config = config;
    try {
      createFolder(config.data());
      SettlementStore store = opened(StoreOpening.open(config));
      ServerKeys keys = openKeys(config, store, newKeys, clock, random);
      // Here, because later the store belongs to the core's thread.
      var secrets = Secrets.open(config, store, random);
      Background.Copying copying = copying();
      SiteDay day = SiteDay.of(config.site(), store);
      LOG.info("event=site_day offset_minutes={} from=\"{}\"", day.offset().toMinutes(), day.from());
      CoreSettings settings = day.in(config.core());
      SettlementCore core = core(store, keys, copying, settings, day);
      var registered = new Registered();
      registered.load(core.reads());
      var live = new LiveSessions<TerminalSession>(config.limits().connectionsPerCertificate());
      Engine engine = engine(core, copying, registered, live, secrets);
      var enrolment = new EnrolmentDesk(engine, keys, signatures,
          new AttemptLimiter(config.enrolment().attemptsPerMinute()), clock, monotonicMillis, random);
      Sessions sessions = opened(
          new Sessions(config.limits().protocol(), engine, live, registered, enrolment::enrol,
              metrics));
      opened(engine);
      engine.start();
      var circuits = new Circuits(config.gateways().circuits(), clock);
      Gateways gateways = opened(gateways(engine, circuits));
      opened(adminSocket(engine, store, keys, live, secrets, gateways));
      this.link = opened(openLink(keys, registered, sessions));
      describe(engine, live);
      describe(circuits);
      ApiRoutes api = opened(api(engine, store, keys, secrets, gateways, circuits, settings));
      GatewayCallbacks callbacks = opened(new GatewayCallbacks(gateways));
      this.http = opened(openHttp(api, callbacks, keys));
      gateways.start();
    } catch (StoreException e) {
      close();
      throw StoreOpening.refused(config, e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  public ServerConfig.Listen link() {
    return new ServerConfig.Listen(config.link().address(), link.port());
  }

  public ServerConfig.Listen http() {
    return new ServerConfig.Listen(config.http().listen().address(), http.port());
  }

  /// Completes when the storage can no longer be trusted and the server must stop.
  public CompletableFuture<StoreException> broken() {
    return broken;
  }

  /// Stops taking work, settles what was taken, closes everything. A second call does nothing, but waits for the first:
  /// the thread of a stop signal and the main thread both end up here.
  @Override
  public synchronized void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        LOG.error("event=close_failed", e);
      }
    }
  }

  private <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  private static void createFolder(Path data) {
    try {
      if (!Files.isDirectory(data)) {
        Files.createDirectories(data);
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
      }
    } catch (IOException e) {
      throw new StartupException("DATA_UNUSABLE", "data=" + data + " reason=" + e.getMessage(), e);
    }
  }

  /// Other keys than those the terminals were enrolled with would lock out all of them, so they are never made unasked.
  static ServerKeys openKeys(ServerConfig config, SettlementStore store, boolean newKeys,
      InstantSource clock,
      SecureRandom random) {
    List<String> missing = store.sites().isEmpty() || newKeys ? List.of()
        : ServerKeys.missing(config.authority());
    if (!missing.isEmpty()) {
      throw new StartupException("KEYS_MISSING", "folder=" + config.authority() + " missing="
          + String.join(",", missing)
          + " meaning=\"this database was used with them; put them back from the backup,"
          + " or start once with --new-keys: then every terminal enrols again and every card is issued again\"");
    }
    try {
      return ServerKeys.openOrCreate(config.authority(), config.names(), clock.instant(), random);
    } catch (IllegalStateException | UncheckedIOException e) {
      throw new StartupException("KEYS_UNUSABLE", "folder=" + config.authority() + " reason=\""
          + StoreOpening.oneLine(String.valueOf(e.getMessage())) + "\"", e);
    }
  }

  private Background.Copying copying() {
    if (config.safe().path().isEmpty()) {
      LOG.warn(
          "event=no_copy meaning=\"safe.path is not set: SAFE stays 0 and terminals keep all their records\"");
      return new Background.Copying.None();
    }
    Path path = config.safe().path().get();
    try {
      // A database on another machine is on another disk.
      boolean elsewhere = config.db().address().filter(address -> !address.isOnThisMachine()).isPresent();
      Path beside = config.db().address().isPresent() ? config.data() : config.database();
      var copy = SegmentFiles.open(path, beside, elsewhere || config.safe().allowSameDevice());
      return new Background.Copying.Into(copy, !elsewhere && SegmentFiles.isSameDevice(path, beside));
    } catch (CopyException e) {
      String message = String.valueOf(e.getMessage());
      int colon = message.indexOf(':');
      throw new StartupException(message.substring(0, colon), message.substring(colon + 1).strip(), e);
    } catch (IOException e) {
      throw new StartupException("COPY_IO", "safe.path=" + path + " reason=" + e.getMessage(), e);
    }
  }

  private SettlementCore core(SettlementStore store, ServerKeys keys, Background.Copying copying,
      CoreSettings settings, SiteDay day) {
    boolean sameDisk = copying instanceof Background.Copying.Into(_, var same) && same;
    var core = new SettlementCore(store, settings.withSafeSameDisk(sameDisk),
        new Ed25519Signer(keys.ackSeed()),
        signatures, random);
    if (core.reads().sites().isEmpty()) {
      var site = config.site();
      core.registry().begin(new SiteRow(site.number(), site.name(), site.currency()), day.row(site.number()));
    }
    return core;
  }

  private Engine engine(SettlementCore core, Background.Copying copying, Registered registered,
      LiveSessions<TerminalSession> live, Secrets secrets) {
    var around = new Engine.Surroundings(clock, monotonicMillis, random, signatures, metrics,
        secrets.holders(), server -> {
          if (registered.load(server.reads())) {
            Sessions.recheck(live);
          }
        }, broken::complete);
    return new Engine(core, config.engine(), around, live, copying);
  }

  private AdminSocket adminSocket(Engine engine, SettlementStore store, ServerKeys keys,
      LiveSessions<TerminalSession> live, Secrets secrets, Gateways gateways) {
    var terminals = new ConnectedTerminals(live);
    var tools = new CoreAdminDesk.Tools(keys, signatures, clock, random, config.enrolment().codeLife(),
        secrets.recruitment(), secrets.holders(config.core().passwords()), config.imports());
    try {
      return AdminSocket.open(config.data(), (arguments, words) -> {
        try (var reader = store.openReader()) {
          return AdminCommands.run(arguments,
              new CoreAdminDesk(engine, reader, tools, terminals, gateways::bill), words);
        }
      });
    } catch (IOException e) {
      throw new StartupException("ADMIN_SOCKET",
          "socket=" + config.data().resolve(AdminSocket.NAME) + " reason=" + e.getMessage(), e);
    }
  }

  private LinkServer openLink(ServerKeys keys, Registered registered, Sessions sessions) {
    var limits = new LinkServer.Limits(config.limits().protocol(), config.limits().unauthenticatedTotal(),
        config.limits().outboundBytes());
    var trust = new ClientTrust(keys.authority().root(), registered::isRevoked);
    var address = new InetSocketAddress(config.link().address(), config.link().port());
    try {
      return new LinkServer(address, limits,
          new LinkServer.Surroundings(keys, trust, registered, sessions, metrics, monotonicMillis));
    } catch (BindException e) {
      throw occupied("link", config.link(), e);
    }
  }

  private Gateways gateways(Engine engine, Circuits circuits) {
    GatewayHttp client = opened(new GatewayHttp(config.gateways().timeout()));
    var lines = new GatewayOpening(client, clock, random).lines(config.gateways());
    return new Gateways(lines, engine, config.site().number(), circuits, clock);
  }

  private ApiRoutes api(Engine engine, SettlementStore store, ServerKeys keys, Secrets secrets,
      Gateways gateways, Circuits circuits, CoreSettings settings) {
    var signIn = new SignInService(engine, secrets.passwords(), secrets.sealed(), config.core().signIn(),
        clock,
        random);
    return new ApiRoutes(new ApiRoutes.Surroundings(engine, store::openReader, signIn,
        uid -> CardToken.derive(keys.cardKeyId(), keys.cardKey(), uid),
        secrets.holders(config.core().passwords()), settings, secrets.recruitment(),
        () -> EnrolmentCode.create(random, root(keys)), config.enrolment().codeLife(), config.data(),
        gateways,
        circuits, clock, ApiRoutes.SLOWEST, metrics::refund, config.imports()));
  }

  private static byte[] root(ServerKeys keys) {
    try {
      return keys.authority().root().getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("the root certificate cannot be encoded", e);
    }
  }

  private WebServer openHttp(ApiRoutes api, GatewayCallbacks callbacks, ServerKeys keys) {
    ServerConfig.Listen listen = config.http().listen();
    var place = new WebServer.Place(listen.address(), listen.port(), HttpIdentity.of(config.http(), keys));
    try {
      return WebServer.start(place, List.of(new OperationsRoutes(readiness, metrics), callbacks, api));
    } catch (BindException e) {
      throw occupied("http", listen, e);
    }
  }

  private static StartupException occupied(String what, ServerConfig.Listen listen, BindException cause) {
    String problem = String.valueOf(cause.getMessage());
    if (problem.contains("in use")) {
      return new StartupException("PORT_IN_USE",
          what + "=" + listen + " meaning=\"another program listens there; set " + what + ".port\"", cause);
    }
    return new StartupException("ADDRESS_UNUSABLE",
        what + "=" + listen + " reason=\"" + StoreOpening.oneLine(problem)
            + "\" meaning=\"not an address or port that this user may listen at on this machine; set " + what
            + ".address, " + what + ".port\"",
        cause);
  }

  private void describe(Circuits circuits) {
    var states = new TreeMap<String, LongSupplier>();
    var refused = new TreeMap<String, LongSupplier>();
    for (GuardedOperation operation : GuardedOperation.values()) {
      states.put(operation.wireName(), circuits.of(operation)::code);
      refused.put(operation.wireName(), circuits.of(operation)::refused);
    }
    metrics.gauge("counterfoil_circuit_state", "0 closed, 1 half-open, 2 open", "operation", states);
    metrics.gauge("counterfoil_circuit_refused", "Requests that were not tried", "operation", refused);
  }

  private void describe(Engine engine, LiveSessions<TerminalSession> live) {
    Background background = engine.background();
    readiness.part("store", () -> engine.problem().<Readiness.State>map(Readiness.State.Down::new)
        .orElseGet(() -> new Readiness.State.Up(StoreOpening.name(config))));
    readiness.part("ledger_writer",
        () -> engine.problem().filter("CORE_STUCK"::equals).<Readiness.State>map(Readiness.State.Down::new)
            .orElseGet(Readiness.State.Up::new));
    readiness.part("link",
        () -> link.isListening() ? new Readiness.State.Up() : new Readiness.State.Down("NOT_LISTENING"));
    // A copy that stands still harms nobody today: terminals keep what is not SAFE. It is told, not fatal.
    readiness.part("copy", () -> new Readiness.State.Up(background.copyProblem().orElseGet(
        () -> background.copyNote().orElse("none: SAFE stays 0"))));
    metrics.gauge("counterfoil_sessions", "Welcomed sessions", live::size);
    metrics.gauges("counterfoil_terminals", "Connected terminals by what they say of themselves", "state",
        engine.states()::byState);
    metrics.gauges("counterfoil_terminal_devices_failed", "Devices of connected terminals that do not work",
        "device", engine.states()::failedDevices);
    metrics.gauge("counterfoil_connections", "Open connections", link::connections);
    metrics.gauge("counterfoil_connections_unauthenticated", "Connections without a certificate of ours",
        link::unauthenticated);
    metrics.gauge("counterfoil_ingest_batches_waiting", "Batches not yet settled", engine::batchesWaiting);
    metrics.gauge("counterfoil_desk_requests_waiting", "Desk questions not yet answered",
        engine::deskWaiting);
    metrics.gauge("counterfoil_verification_lag_records",
        "Settled records whose own signature is not checked yet",
        background::unverified);
    metrics.gauge("counterfoil_safe_lag_records", "Settled records that are not in the copy yet",
        background::notSafe);
    metrics.gauge("counterfoil_safe_same_disk", "1 when the copy is on the database's own device",
        () -> background.copyNote().filter(note -> note.contains("same disk")).isPresent() ? 1 : 0);
  }
}
