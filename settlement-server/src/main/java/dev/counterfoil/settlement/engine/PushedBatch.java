package dev.counterfoil.settlement.engine;

import dev.counterfoil.settlement.ingest.IngestRequest;
import dev.counterfoil.settlement.ingest.IngestResult;
import java.util.function.Consumer;

/// A batch on its way to the ledger writer.
///
/// @param answer called once, on the core's thread or on the thread that stops the engine; must not block
public record PushedBatch(IngestRequest request, Consumer<IngestResult> answer) {

  int records() {
    return request.records().size();
  }
}
