package dev.counterfoil.settlement.api;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import dev.counterfoil.settlement.contact.ContactSeal;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.enrolment.EnrolmentCode;
import dev.counterfoil.settlement.circuit.Circuits;
import dev.counterfoil.settlement.engine.CoreAccess;
import dev.counterfoil.settlement.imports.ImportLimits;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.password.HolderPasswords;
import dev.counterfoil.settlement.payment.Gateways;
import dev.counterfoil.settlement.signin.SignInService;
import dev.counterfoil.settlement.staff.Recruitment;
import dev.counterfoil.settlement.store.SettlementStore;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.PlatformHandler;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `/api/v1` on HTTP: takes requests apart, hands them to the {@link Dispatcher} on a virtual thread each, and writes its
/// answers. Too many at once are refused, never queued without end.
public final class ApiRoutes implements Consumer<Router>, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ApiRoutes.class);
  static final String BASE = "/api/v1";

  private static final int MOST_AT_ONCE = 256;
  private static final long LARGEST_BODY = 64 * 1024;
  /// Files are held in memory before anybody knows whose they are.
  private static final int FILES_AT_ONCE = 2;
  /// A request that is not all here by then is not waited for.
  public static final Duration SLOWEST = Duration.ofSeconds(10);
  private static final int UNAUTHORIZED = 401;
  private static final int BUSY = 503;

  private final Readers readers;
  private final Dispatcher dispatcher;
  private final List<Route> routes;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore slots = new Semaphore(MOST_AT_ONCE);
  private final Semaphore files = new Semaphore(FILES_AT_ONCE);
  private final long largestFile;
  private final long slowestMillis;

  /// What the API needs from around it.
  ///
  /// @param opener opens another reading view of the store
  /// @param tokens makes a token of a card's number
  /// @param passwords makes what is stored of holders' passwords
  /// @param settings what the core decides by, for showing it
  /// @param recruitment makes what operators sign in with
  /// @param codes makes codes for terminals that enrol again
  /// @param codeLife how long such a code is good
  /// @param scratch a folder of the server's own, for files that are sent once
  /// @param gateways who collects recharges; may be none
  /// @param slowest {@link #SLOWEST}, but in tests
  /// @param refundMillis is told how long each refund took
  /// @param imports what a file to be imported may be
  public record Surroundings(CoreAccess core, Supplier<SettlementStore.ReadView> opener, SignInService signIn,
      Function<byte[], CardToken> tokens, HolderPasswords passwords, CoreSettings settings,
      Recruitment recruitment, Supplier<EnrolmentCode> codes, Duration codeLife, Path scratch,
      Gateways gateways, Circuits circuits, InstantSource clock, Duration slowest,
      LongConsumer refundMillis, ImportLimits imports) {

    GuardedDeeds deeds() {
      return new GuardedDeeds(recruitment, codes, codeLife);
    }
  }

  public ApiRoutes(Surroundings around) {
    this.readers = new Readers(around.opener());
    this.slowestMillis = around.slowest().toMillis();
    this.largestFile = around.imports().mostBytesOverHttp();
    var doorkeeper = new Doorkeeper(around.core(), readers,
        new MachineDoor(around.core(), readers, around.recruitment().sealed(), around.clock()),
        around.clock(), around.signIn().rules());
    this.dispatcher = new Dispatcher(around.core(), readers, doorkeeper, around.scratch(),
        around.circuits(), around.clock(), around.refundMillis());
    this.routes = table(around, readers);
  }

  private static List<Route> table(Surroundings around, Readers readers) {
    return Stream
        .of(new SessionRoutes(around.signIn(), readers, around.core()).routes(),
            AccountRoutes.routes(around.settings().accounts()),
            new RechargeRoutes(around.gateways(), readers).routes(),
            new PredebitRoutes(around.tokens(), around.passwords(), readers).routes(),
            new PasswordRoutes(around.passwords()).routes(), SubsidyRoutes.routes(),
            new CardRoutes(around.tokens()).routes(), TransactionRoutes.routes(), TransferRoutes.routes(),
            FreezeRoutes.routes(), MoneyRoutes.routes(), OfficeRoutes.routes(), AccountStateRoutes.routes(),
            new LimitRoutes(around.settings()).routes(), TermsRoutes.routes(),
            new MealOrderRoutes(around.settings()).routes(),
            PermissionRoutes.routes(), AuditRoutes.routes(),
            StaffRoutes.routes(), new ApprovalRoutes(readers, around.deeds()).routes(),
            MachineRoutes.routes(), RefundRoutes.routes(),
            new ContactRoutes(new ContactSeal(around.recruitment().sealed())).routes(),
            new ImportRoutes(around.core(), readers, around.tokens(),
                new ContactSeal(around.recruitment().sealed()), around.imports()).routes())
        .flatMap(List::stream).toList();
  }

  /// The table of routes, for tests that go through all of them.
  List<Route> routes() {
    return routes;
  }

  @Override
  public void accept(Router router) {
    // Typed, because nothing untyped may stand in front of a body's handler.
    PlatformHandler hurry = this::hurry;
    for (Route route : routes) {
      if (route.handler() instanceof Route.Handler.Upload) {
        PlatformHandler fewFiles = this::fewFiles;
        router.post(BASE + route.path()).handler(fewFiles);
      }
      router
          .route(HttpMethod.valueOf(route.verb().name()), BASE + route.path().replaceAll("\\{(\\w+)}", ":$1"))
          .handler(hurry).handler(body(route)).handler(context -> serve(context, route));
    }
    Map.of(400, "REQUEST_MALFORMED", 404, "ROUTE_UNKNOWN", 405, "METHOD_UNKNOWN", 408, "REQUEST_TOO_SLOW",
        413,
        "BODY_TOO_LARGE", 500, "DEFECT")
        .forEach((status, code) -> router.errorHandler(status, context -> refuse(context, code)));
  }

  private BodyHandler body(Route route) {
    boolean file = route.handler() instanceof Route.Handler.Upload;
    return BodyHandler.create(false).setBodyLimit(file ? largestFile : LARGEST_BODY);
  }

  private void fewFiles(RoutingContext context) {
    if (files.tryAcquire()) {
      context.addEndHandler(_ -> files.release());
      context.next();
    } else {
      refuse(context, "SYSTEM_BUSY");
    }
  }

  private void hurry(RoutingContext context) {
    Vertx vertx = context.vertx();
    long timer = vertx.setTimer(slowestMillis, _ -> {
      if (!context.request().isEnded()) {
        context.fail(408);
      }
    });
    context.addEndHandler(_ -> vertx.cancelTimer(timer));
    context.next();
  }

  private void serve(RoutingContext context, Route route) {
    if (!slots.tryAcquire()) {
      refuse(context, "SYSTEM_BUSY");
      return;
    }
    WebRequest request = request(context, route);
    Context here = context.vertx().getOrCreateContext();
    threads.execute(() -> {
      WebAnswer answer;
      try {
        answer = dispatcher.answer(request);
      } finally {
        slots.release();
      }
      here.runOnContext(_ -> send(context, answer));
    });
  }

  private static WebRequest request(RoutingContext context, Route route) {
    var query = new TreeMap<String, List<String>>();
    context.queryParams().names().forEach(name -> query.put(name, context.queryParams().getAll(name)));
    Buffer body = context.body().buffer();
    return new WebRequest(route, context.pathParams(), query, header(context, "Authorization"),
        header(context, "Accept-Language"), header(context, "Idempotency-Key"),
        body == null ? new byte[0] : body.getBytes(), context.normalizedPath(), context.request().uri(),
        new WebRequest.Stamp(header(context, "Counterfoil-Time", ""),
            header(context, "Counterfoil-Nonce", ""), header(context, "Counterfoil-Signature", "")));
  }

  private static @Nullable String header(RoutingContext context, String name) {
    return context.request().getHeader(name);
  }

  private static String header(RoutingContext context, String name, String fallback) {
    String found = header(context, name);
    return found == null ? fallback : found;
  }

  /// Before it is anybody's request; what comes later is told by the {@link Dispatcher}.
  private static void refuse(RoutingContext context, String code) {
    LOG.info("event=api_refused target={} code={}", Body.quoted(context.normalizedPath()), code);
    Language language = Language.of(header(context, "Accept-Language"));
    Problem problem = Problem.of(code);
    send(context, new WebAnswer(problem.status(), Envelope.bad(problem, language, ""), language, false));
  }

  private static void send(RoutingContext context, WebAnswer answer) {
    HttpServerResponse response = context.response();
    Attachment file = answer.file();
    if (response.ended() || response.closed()) {
      if (file != null) {
        file.remove();
      }
      return;
    }
    response.setStatusCode(answer.status())
        .putHeader("Content-Type",
            file == null ? "application/json; charset=utf-8" : "text/plain; charset=utf-8")
        .putHeader("Content-Language", answer.language().tag()).putHeader("Vary", "Accept-Language")
        .putHeader("Cache-Control", "no-store").putHeader("X-Content-Type-Options", "nosniff");
    if (answer.repeated()) {
      response.putHeader("Idempotency-Replayed", "true");
    }
    if (answer.status() == UNAUTHORIZED) {
      response.putHeader("WWW-Authenticate", "Bearer");
    }
    if (answer.status() == BUSY) {
      response.putHeader("Retry-After", Integer.toString(answer.retryAfterSeconds()));
    }
    if (file == null) {
      response.end(answer.json());
    } else {
      response.putHeader("Content-Disposition", "attachment; filename=\"" + file.name() + "\"");
      response.sendFile(file.file().toAbsolutePath().toString()).onComplete(_ -> file.remove());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    readers.close();
  }
}
