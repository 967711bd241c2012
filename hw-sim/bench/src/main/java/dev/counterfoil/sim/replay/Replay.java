package dev.counterfoil.sim.replay;

import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.sim.demo.ReplaySite;
import dev.counterfoil.sim.verify.RunFolder;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// Plays a vending sales file through one card terminal a machine, and lets another process judge what came of it.
///
/// The server is the real program in a process of its own. The terminals run in this JVM (production core, journal on
/// disk, mutual TLS; [dev.counterfoil.sim.hosted.HostedTerminal]), because their wall clocks follow the file's days: a
/// process reads the machine's clock. The machines' vending controllers offer each basket as a till does, cards are
/// presented without a reader model, whose 100 ms a card would make eight months take hours.
public final class Replay {

  private final Path root;
  private final RunFolder folder;
  private final PrintStream out;
  private final RandomGenerator random;

  /// @param root   the project's root
  /// @param folder for what the run leaves behind; created once the file is found good
  public Replay(Path root, Path folder, RandomGenerator random, PrintStream out) {
    this.root = root;
    this.folder = RunFolder.of(folder);
    this.random = random;
    this.out = out;
  }

  /// What keeps the server up after the table.
  public interface Afterwards {
    /// Blocks for as long as the server should stay up.
    ///
    /// @param http where it answers
    void stay(String http, Path data) throws InterruptedException;
  }

  /// Reads the file to its end, then plays it; blocks for up to some minutes.
  ///
  /// @param cardholders at most so many people share the card sales, 1 or more; fewer where the file has fewer sales
  /// @return 0 if everything was settled once, else 1
  /// @throws SalesFileException if the file cannot be replayed; nothing was started or created then
  public int run(Path file, int cardholders, Afterwards afterwards) throws Exception {
    SalesFile sales = SalesFile.read(file);
    // Who would never pay needs no account; admitting one costs more than a sale.
    int holders = Math.clamp(sales.rows(SalesRow.Tender.CREDIT), 1, cardholders);
    ReplayPlan plan = ReplayPlan.of(sales, holders, ReplayMachine.MOST_MINOR, random);
    out.println("evidence of this run: " + folder.root());
    describe(file, sales, plan);
    try (var site = new ReplaySite(root, folder, "USD")) {
      new ReplayRun(site, plan, holders, random, new StrictVerifier(), out).play(sales.devices());
      List<String> verdict = site.audit();
      out.println();
      verdict.subList(0, verdict.size() - 1).forEach(out::println);
      boolean good = verdict(verdict.getLast(), site.exitCode(), plan);
      afterwards.stay(site.http(), folder.serverData());
      return good ? 0 : 1;
    }
  }

  private void describe(Path file, SalesFile sales, ReplayPlan plan) {
    out.printf(Locale.ROOT, "%s: %,d rows, %,d sales, %s USD, %d machines; %,d Credit and %,d Cash rows%n",
        file.getFileName(), sales.rows(), sales.baskets().size(), Money.decimal(sales.totalMinor()),
        sales.devices().size(), sales.rows(SalesRow.Tender.CREDIT), sales.rows(SalesRow.Tender.CASH));
    out.printf(Locale.ROOT, "%,d card taps and %,d cash sales to play%n",
        plan.sales().stream().filter(ReplayPlan.Sale::byCard).count(),
        plan.sales().stream().filter(sale -> !sale.byCard()).count());
    sales.odd().forEach(odd -> out.printf(Locale.ROOT, "odd: line %d, sale %s, %s of %s: %s, replayed%n",
        odd.row().line(), odd.row().transaction(), odd.row().tender(), Money.decimal(odd.row().totalMinor()),
        odd.reason()));
    plan.unplayed().forEach(one -> out.printf(Locale.ROOT, "not replayed: line %d, sale %s of %s: %s%n",
        one.basket().rows().getFirst().line(), one.basket().transaction(),
        Money.decimal(one.basket().totalMinor()),
        one.reason()));
  }

  /// Adds sales and amount to the auditor's line, from the auditor's own numbers.
  private boolean verdict(String result, int exitCode, ReplayPlan plan) {
    AuditedTotals totals = AuditedTotals.read(folder);
    boolean complete = totals.sales() == plan.sales().size() && totals.amountMinor() == plan.totalMinor();
    if (!complete) {
      out.printf(Locale.ROOT, "MISSING the plan had %,d sales of %s%n", plan.sales().size(),
          Money.decimal(plan.totalMinor()));
    }
    out.println(result + " sales=" + totals.sales() + " amount=" + Money.decimal(totals.amountMinor()));
    return complete && exitCode == 0;
  }
}
