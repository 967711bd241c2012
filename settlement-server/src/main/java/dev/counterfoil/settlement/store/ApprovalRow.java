package dev.counterfoil.settlement.store;

import dev.counterfoil.settlement.operator.Approval;

/// A request that needs a second operator.
///
/// @param number running number within the site
/// @param shown  the request as JSON, for the screen of whoever decides; what counts is the approval's hash
public record ApprovalRow(long number, Approval approval, String shown) {}
