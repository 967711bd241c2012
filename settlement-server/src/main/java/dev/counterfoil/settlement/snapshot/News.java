package dev.counterfoil.settlement.snapshot;

import dev.counterfoil.proto.v1.Frame;
import java.util.List;

/// What a terminal lacked when somebody looked.
///
/// @param frames   the next part of the accounts, of the deny list, of both or of neither
/// @param snapshot the newest version of the site's accounts at that moment
/// @param deny     the same of its deny list
public record News(List<Frame> frames, long snapshot, long deny) {

  public News {
    frames = List.copyOf(frames);
  }
}
