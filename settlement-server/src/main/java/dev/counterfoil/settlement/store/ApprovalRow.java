package dev.counterfoil.settlement.store;

import dev.counterfoil.settlement.operator.Approval;

/// A request that needs a second operator.
///
/// @param number running number within the site
public record ApprovalRow(long number, Approval approval) {}
