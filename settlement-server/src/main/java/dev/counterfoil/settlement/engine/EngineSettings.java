package dev.counterfoil.settlement.engine;

/// Sizes of the queues between the threads.
///
/// @param ingestBatches batches in all lanes from which on the server stops reading
/// @param deskRequests  desk questions that may wait; more are left to the terminal's own decision
/// @param commitBatches most batches in one commit unit
/// @param commitRecords no further batch joins a commit unit of that many records, because a tap waits behind it
/// @param verifiers     threads that verify batches ahead
public record EngineSettings(int ingestBatches, int deskRequests, int commitBatches, int commitRecords,
    int verifiers) {}
