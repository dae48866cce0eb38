// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.citywall.audit.ErrorCode;
import org.citywall.collect.internal.intake.Outcome;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Answers of the ingest endpoint. For a batch: {@code
 * {"accepted":N,"duplicate":N,"rejected":N,"items":[{"line":N,"status":"accepted","id":ID},...]}};
 * a rejected item has {@code code} and {@code reason} and is kept all the same. For a request that
 * is refused as a whole: {@code {"code":ID,"reason":TEXT}}.
 */
final class HttpAnswer {

  private static final JsonFactory JSON = new JsonFactory();

  private HttpAnswer() {}

  static byte[] batch(List<Outcome> outcomes, List<Integer> lines) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int[] counts = new int[3];
    outcomes.forEach(outcome -> counts[index(outcome)]++);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      json.writeNumberProperty("accepted", counts[0]);
      json.writeNumberProperty("duplicate", counts[1]);
      json.writeNumberProperty("rejected", counts[2]);
      json.writeArrayPropertyStart("items");
      for (int i = 0; i < outcomes.size(); i++) {
        json.writeStartObject();
        json.writeNumberProperty("line", lines.get(i));
        item(outcomes.get(i), json);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static int index(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted _ -> 0;
      case Outcome.Duplicate _ -> 1;
      case Outcome.Rejected _ -> 2;
    };
  }

  private static void item(Outcome outcome, JsonGenerator json) {
    switch (outcome) {
      case Outcome.Accepted accepted -> {
        json.writeStringProperty("status", "accepted");
        json.writeStringProperty("id", accepted.id().toString());
      }
      case Outcome.Duplicate duplicate -> {
        json.writeStringProperty("status", "duplicate");
        json.writeStringProperty("id", duplicate.id().toString());
      }
      case Outcome.Rejected rejected -> {
        json.writeStringProperty("status", "rejected");
        json.writeStringProperty("id", rejected.id().toString());
        json.writeStringProperty("code", rejected.code().id());
        json.writeStringProperty("reason", rejected.reason());
      }
    }
  }

  static byte[] refusal(ErrorCode code, String reason) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      json.writeStringProperty("code", code.id());
      json.writeStringProperty("reason", reason);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }
}
