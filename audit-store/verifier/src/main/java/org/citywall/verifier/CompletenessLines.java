// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.verifier;

import java.io.PrintWriter;
import java.util.Locale;
import org.citywall.audit.log.verify.Completeness;
import tools.jackson.core.JsonGenerator;

/** Prints whether sources are recorded without a gap. */
final class CompletenessLines {

  private CompletenessLines() {}

  static void print(Completeness sources, PrintWriter out) {
    if (sources.sources() == 0) {
      return;
    }
    out.printf(
        Locale.ROOT,
        "sources      %d in %d epochs, %s%n",
        sources.sources(),
        sources.epochs(),
        sources.missing() == 0
            ? "numbered without a gap"
            : sources.missing() + " numbered entries are not in the log");
    for (Completeness.Gap gap : sources.gaps()) {
      out.printf(
          Locale.ROOT,
          "gap          %s epoch %d: sequence %d to %d, before entry %d%n",
          gap.source(),
          gap.epoch(),
          gap.first(),
          gap.last(),
          gap.leaf());
    }
    if (sources.moreGaps() > 0) {
      out.printf(Locale.ROOT, "gap          and %d more%n", sources.moreGaps());
    }
  }

  static void write(Completeness sources, JsonGenerator object) {
    object.writeObjectPropertyStart("completeness");
    object.writeNumberProperty("sources", sources.sources());
    object.writeNumberProperty("epochs", sources.epochs());
    object.writeNumberProperty("missing", sources.missing());
    object.writeArrayPropertyStart("gaps");
    for (Completeness.Gap gap : sources.gaps()) {
      object.writeStartObject();
      object.writeStringProperty("source", gap.source());
      object.writeNumberProperty("epoch", gap.epoch());
      object.writeNumberProperty("first", gap.first());
      object.writeNumberProperty("last", gap.last());
      object.writeNumberProperty("leaf", gap.leaf());
      object.writeEndObject();
    }
    object.writeEndArray();
    object.writeNumberProperty("moreGaps", sources.moreGaps());
    object.writeEndObject();
  }
}
