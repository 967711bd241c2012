package dev.counterfoil.settlement.api;

import dev.counterfoil.settlement.circuit.GuardedOperation;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.request.Done;
import dev.counterfoil.settlement.request.Reply;
import dev.counterfoil.settlement.store.SettlementReads;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// One entry of the API's table of routes.
///
/// @param path such as `/accounts/{accountId}`, below the API's base
record Route(Verb verb, String path, Access access, Handler handler) {

  /// What a route does.
  sealed interface Handler {

    /// Reads and changes nothing. Runs on the request's thread.
    record Read(Reading reading) implements Handler {}

    /// Changes something, once for its `Idempotency-Key`.
    ///
    /// @param action code for the audit trail
    /// @param guard what is not tried while it fails again and again, null for nothing
    /// @param refused code for the trail when it is refused, null for what leaves no entry then
    record Change(String action, Changing changing, @Nullable GuardedOperation guard,
        @Nullable String refused) implements Handler {}

    /// The same where somebody outside must be asked, after the change is durable and outside of the core.
    record Order(String action, Ordering ordering) implements Handler {}

    /// Writes lines of text that are too many for a JSON answer. Runs on the request's thread.
    ///
    /// @param fileName what the caller's program may call the file
    record Download(String fileName, Writing writing) implements Handler {}

    /// Takes a file that is no JSON, and does once for its `Idempotency-Key` what it says.
    ///
    /// @param action code for the audit trail
    record Upload(String action, Uploading uploading) implements Handler {}

    /// Everything about sessions, which has its own rules.
    record Session(Signing signing) implements Handler {}
  }

  interface Reading {
    ObjectNode read(Call call, SettlementReads reads);
  }

  /// Reads the request on its own thread and gives the work for the core's thread.
  interface Changing {
    Function<SettlementCore, Done> plan(Call call);
  }

  /// The same for what goes on outside.
  interface Ordering {
    Plan plan(Call call);
  }

  /// What is to be done.
  ///
  /// @param work on the core's thread
  /// @param afterwards asks whoever is outside, on the request's thread, and says what to answer; for a repeat too
  /// @param guard whose outcome is told by whoever asks outside, null for nothing
  record Plan(Function<SettlementCore, Done> work, UnaryOperator<Reply> afterwards,
      @Nullable GuardedOperation guard) {}

  interface Writing {
    void write(Call call, SettlementReads reads, Consumer<String> lines);
  }

  /// Reads and checks a file on the request's thread.
  interface Uploading {
    Received plan(Call call, byte[] file);
  }

  /// @param answer where nothing is to be done
  /// @param work   on the core's thread; empty where the caller only asked
  record Received(ObjectNode answer, Optional<Function<SettlementCore, Done>> work) {}

  interface Signing {
    ObjectNode sign(Call call);
  }

  static Route read(String path, Access access, Reading reading) {
    return new Route(Verb.GET, path, access, new Handler.Read(reading));
  }

  static Route download(String path, Access access, String fileName, Writing writing) {
    return new Route(Verb.GET, path, access, new Handler.Download(fileName, writing));
  }

  static Route upload(String path, Access access, String action, Uploading uploading) {
    return new Route(Verb.POST, path, access, new Handler.Upload(action, uploading));
  }

  static Route change(Verb verb, String path, Access access, String action, Changing changing) {
    return new Route(verb, path, access, new Handler.Change(action, changing, null, null));
  }

  /// A change whose refusal stands in the trail too.
  static Route noted(Verb verb, String path, Access access, String action, String refused,
      Changing changing) {
    return new Route(verb, path, access, new Handler.Change(action, changing, null, refused));
  }

  static Route guarded(Verb verb, String path, Access access, String action, GuardedOperation guard,
      Changing changing) {
    return new Route(verb, path, access, new Handler.Change(action, changing, guard, null));
  }

  static Route order(Verb verb, String path, Access access, String action, Ordering ordering) {
    return new Route(verb, path, access, new Handler.Order(action, ordering));
  }
}
