package dev.counterfoil.settlement.api;

import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.circuit.CircuitOpenException;
import dev.counterfoil.settlement.circuit.Circuits;
import dev.counterfoil.settlement.circuit.GuardedOperation;
import dev.counterfoil.settlement.engine.CoreAccess;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.ledger.OwnId;
import dev.counterfoil.settlement.request.KeyedRequest;
import dev.counterfoil.settlement.request.Reply;
import dev.counterfoil.settlement.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// From a request to its answer: who it is, what the role allows, what the body says, then the route's own work. Blocks;
/// thread-safe. Never throws: everything that goes wrong is an answer, and one line in the log.
final class Dispatcher {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,64}");
  private static final int SERVER_FAULT = 500;
  /// Those that pay back, or hand it to a gateway, in the very request (RFD-10).
  private static final Set<String> REFUNDS = Set.of("REFUND", "RECHARGE_REFUND", "REFUND_APPLICATION",
      "REFUND_APPLICATION_APPROVE");
  private static final int ASKED_FOR = 202;
  private static final byte[] NO_BYTES = {};
  /// What changes nothing needs no name in the books.
  private static final TransactionId NONE = new TransactionId(0, 0);

  private final CoreAccess core;
  private final Readers readers;
  private final Doorkeeper doorkeeper;
  private final Path scratch;
  private final Circuits circuits;
  private final InstantSource clock;
  private final LongConsumer refundMillis;

  /// @param scratch a folder for files that are sent once
  /// @param refundMillis is told how long each refund took
  Dispatcher(CoreAccess core, Readers readers, Doorkeeper doorkeeper, Path scratch,
      Circuits circuits, InstantSource clock, LongConsumer refundMillis) {
    this.refundMillis = refundMillis;
    this.circuits = circuits;
    this.scratch = scratch;
    this.core = core;
    this.readers = readers;
    this.doorkeeper = doorkeeper;
    this.clock = clock;
  }

  WebAnswer answer(WebRequest request) {
    Language language = Language.of(request.language());
    try {
      Caller caller = doorkeeper.admit(request);
      if (request.route().handler() instanceof Route.Handler.Download download) {
        return WebAnswer.of(file(request, caller, download), language);
      }
      Reply reply = reply(request, caller);
      return new WebAnswer(reply.status(), Envelope.good(language, reply.body()), language, reply.repeated());
    } catch (ApiException e) {
      return refused(request, language, e.code(), e.facts());
    } catch (RefusedException e) {
      return refused(request, language, e.code(), e.facts());
    } catch (CircuitOpenException e) {
      LOG.info("event=api_refused target={} code=CIRCUIT_OPEN operation={}", request.target(),
          e.operation().wireName());
      return new WebAnswer(Problem.of("CIRCUIT_OPEN").status(),
          Envelope.bad(Problem.of("CIRCUIT_OPEN"), language,
              "operation=" + e.operation().wireName()),
          language, false, null, e.retryAfterSeconds());
    } catch (StoreException e) {
      LOG.error("event=api_failed target={} code={}", request.target(), e.fault(), e);
      return refused(request, language, "SYSTEM_BUSY", "");
    } catch (RuntimeException e) {
      LOG.error("event=api_defect target={}", request.target(), e);
      return refused(request, language, "DEFECT", "");
    }
  }

  private Attachment file(WebRequest request, Caller caller, Route.Handler.Download download) {
    Call call = call(request, caller, Body.parse(request.body()), NONE, clock.instant());
    call.query().refuseUnknown();
    return readers.read(reads -> Attachment.write(scratch, download.fileName(),
        lines -> download.writing().write(call, reads, lines)));
  }

  private Reply reply(WebRequest request, Caller caller) {
    Instant now = clock.instant();
    return switch (request.route().handler()) {
      case Route.Handler.Read(Route.Reading reading) -> {
        Call call = call(request, caller, Body.parse(request.body()), NONE, now);
        yield readers.read(reads -> {
          String data = reading.read(call, reads).toString();
          call.query().refuseUnknown();
          return new Reply(200, data, false);
        });
      }
      case Route.Handler.Change(String action, Route.Changing changing, GuardedOperation guard, String refused) ->
        change(request, caller, action, now,
            call -> new Route.Plan(changing.plan(call), reply -> reply, guard), refused, false);
      case Route.Handler.Order(String action, Route.Ordering ordering) ->
        change(request, caller, action, now, ordering, null, true);
      case Route.Handler.Upload(String action, Route.Uploading uploading) ->
        upload(request, caller, action, now, uploading);
      case Route.Handler.Download _ -> throw new IllegalStateException("files have a way of their own");
      case Route.Handler.Session(Route.Signing signing) ->
        new Reply(200, signing.sign(call(request, caller, Body.parse(request.body()), NONE, now)).toString(),
            false);
    };
  }

  /// What the file is asked about stands in the address, so the whole of it is what a repeat is told by.
  private Reply upload(WebRequest request, Caller caller, String action, Instant now,
      Route.Uploading uploading) {
    Call call = call(request, caller, Body.parse(NO_BYTES), NONE, now);
    Route.Received received = uploading.plan(call, request.body());
    if (received.work().isEmpty()) {
      return new Reply(200, received.answer().toString(), false);
    }
    Hash content = Sha256.hash(
        (request.route().verb() + " " + request.uri() + "\0").getBytes(StandardCharsets.UTF_8),
        request.body());
    var keyed = new KeyedRequest(caller.site(), caller.key(), caller.name(), key(request), action, "",
        content, now.toEpochMilli());
    return core.call(server -> server.once(keyed, received.work().get()));
  }

  /// @param refused code for the trail when it is refused, null for no entry
  /// @param outside the outcome is told by whoever asks outside, unless it does not come that far
  private Reply change(WebRequest request, Caller caller, String action, Instant now, Route.Ordering ordering,
      @Nullable String refused, boolean outside) {
    String key = key(request);
    Body body = Body.parse(request.body());
    int site = caller.site();
    Call call = call(request, caller, body, OwnId.ofKey(caller.key(), site, key), now);
    Route.Plan plan = ordering.plan(call);
    var keyed = new KeyedRequest(site, caller.key(), caller.name(), key, action,
        body.reasonOrNone(), content(request, body), now.toEpochMilli());
    body.refuseUnknown();
    call.query().refuseUnknown();
    Reply reply = done(request, keyed, plan, refused, outside);
    if (REFUNDS.contains(action) && !reply.repeated() && reply.status() != ASKED_FOR) {
      refundMillis.accept(clock.millis() - now.toEpochMilli());
    }
    return reply;
  }

  private Reply done(WebRequest request, KeyedRequest keyed, Route.Plan plan, @Nullable String refused,
      boolean outside) {
    GuardedOperation guard = plan.guard();
    if (guard == null) {
      return plan.afterwards().apply(refused == null ? core.call(server -> server.once(keyed, plan.work()))
          : noted(request, keyed, plan, refused));
    }
    var attempt = new Attempt(circuits.of(guard));
    Reply reply = attempt.run(() -> core.call(server -> server.once(keyed, core -> {
      attempt.admit();
      return plan.work().apply(core);
    })), outside);
    return plan.afterwards().apply(reply);
  }

  /// Somebody who tried in vain is seen too (AUD-04). What fails for the technology is tried again and no refusal.
  private Reply noted(WebRequest request, KeyedRequest keyed, Route.Plan plan, String refused) {
    try {
      return core.call(server -> server.once(keyed, plan.work()));
    } catch (RefusedException e) {
      if (!e.code().equals("SYSTEM_BUSY")) {
        core.call(server -> server.noteRefusal(keyed, refused, request.target(), e));
      }
      throw e;
    }
  }

  private static Call call(WebRequest request, Caller caller, Body body, TransactionId transaction,
      Instant now) {
    return new Call(caller, request.path(), new Query(request.query()), body, transaction, now);
  }

  /// What a repeat is told by. Secrets are left out: six digits would be found from their hash at once.
  private static Hash content(WebRequest request, Body body) {
    byte[] target = (request.route().verb() + " " + request.target() + "\0").getBytes(StandardCharsets.UTF_8);
    return Sha256.hash(target, body.holdsSecrets()
        ? body.withoutSecrets().getBytes(StandardCharsets.UTF_8)
        : request.body());
  }

  private static String key(WebRequest request) {
    String key = request.key();
    if (key == null || !KEY.matcher(key).matches()) {
      throw new ApiException("IDEMPOTENCY_KEY_MISSING",
          "header=Idempotency-Key allowed=1 to 64 printable characters without blanks");
    }
    return key;
  }

  private static WebAnswer refused(WebRequest request, Language language, String code, String facts) {
    Problem problem = Problem.of(code);
    int status = problem.status();
    if (status < SERVER_FAULT) {
      LOG.info("event=api_refused target={} code={} facts=\"{}\"", request.target(), code, facts);
    }
    return new WebAnswer(status, Envelope.bad(problem, language, facts), language, false);
  }
}
