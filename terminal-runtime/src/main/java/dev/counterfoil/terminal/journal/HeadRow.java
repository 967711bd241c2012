package dev.counterfoil.terminal.journal;

import dev.counterfoil.protocol.journal.ChainPosition;
import java.util.Optional;

/// The row of the table `head`: what changes with nearly every record.
record HeadRow(ChainPosition head, long recordCount, long hardwareCount, OfflineUse offlineUse,
    RunTime runTime, Optional<LastSale> lastSale) {}
