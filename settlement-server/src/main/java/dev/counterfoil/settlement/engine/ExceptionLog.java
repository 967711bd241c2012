package dev.counterfoil.settlement.engine;

import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.ops.ServerMetrics;
import dev.counterfoil.settlement.store.ExceptionRow;
import dev.counterfoil.settlement.store.SiteRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts every new entry of the exception queue and writes a log line for it, for the first of many at once. Belongs to
/// the core's thread.
final class ExceptionLog {

  private static final Logger LOG = LoggerFactory.getLogger(ExceptionLog.class);
  private static final int PAGE = 500;
  /// A terminal gone wrong must not fill the disk with its complaints; the queue itself has every one.
  private static final int LINES_AT_ONCE = 20;

  private final SettlementCore core;
  private final ServerMetrics metrics;
  private final Map<Integer, Long> seen = new HashMap<>();

  ExceptionLog(SettlementCore core, ServerMetrics metrics) {
    this.core = core;
    this.metrics = metrics;
  }

  /// Looks for entries since the last call. Those of earlier runs are passed over in silence.
  void look() {
    for (SiteRow site : core.reads().sites()) {
      Long after = seen.get(site.site());
      if (after == null) {
        seen.put(site.site(), core.reads().counters(site.site()).exception());
      } else {
        seen.put(site.site(), tell(core.exceptions().list(site.site(), false, after, PAGE), after));
      }
    }
  }

  private long tell(List<ExceptionRow> rows, long after) {
    long last = after;
    int told = 0;
    for (ExceptionRow row : rows) {
      last = row.exception();
      metrics.exceptionRaised(row.kind().name());
      if (++told <= LINES_AT_ONCE) {
        LOG.warn("event=exception_raised site={} exception={} code={} terminal={} seq={} amount_minor={}",
            row.site(),
            row.exception(), row.kind(), row.terminal(), row.seq(), row.amount());
      }
    }
    if (told > LINES_AT_ONCE) {
      LOG.warn("event=exceptions_raised more={} up_to={}", told - LINES_AT_ONCE, last);
    }
    return last;
  }
}
