package dev.counterfoil.settlement.admin;

import dev.counterfoil.settlement.gateway.BillAnswer;
import dev.counterfoil.settlement.gateway.GatewayName;
import java.time.LocalDate;
import java.util.Optional;

/// Where bills of gateways come from. Blocks for the gateway; safe for use by several threads.
@FunctionalInterface
public interface BillSource {

  /// @return empty if the site has no such gateway
  Optional<BillAnswer> bill(int site, GatewayName gateway, LocalDate day);
}
