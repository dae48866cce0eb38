// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.util.List;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.bundle.EvidenceDesk;
import org.citywall.audit.bundle.EvidenceRequest;
import org.citywall.audit.bundle.FieldValue;
import org.citywall.audit.event.Field;
import org.citywall.console.Actor;
import org.citywall.console.evidence.EvidenceSelection;
import org.citywall.console.incident.IncidentId;
import org.citywall.console.incident.Incidents;
import org.citywall.console.state.AuditTrail;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Evidence bundles of incidents, for somebody without access to this server. */
@Controller
final class EvidenceController {

  private final @Nullable EvidenceDesk desk;
  private final Incidents incidents;
  private final AuditTrail trail;

  EvidenceController(ObjectProvider<EvidenceDesk> desk, Incidents incidents, AuditTrail trail) {
    this.desk = desk.getIfAvailable();
    this.incidents = incidents;
    this.trail = trail;
  }

  /**
   * @param user name of the one user whose entries are disclosed; empty for all entries
   */
  @PostMapping("/incidents/{id}/evidence")
  ResponseEntity<byte[]> export(
      @PathVariable String id,
      @RequestParam String reason,
      @RequestParam(defaultValue = "") String user,
      Actor actor) {
    if (desk == null) {
      throw new PlatformException(AuditErrorCode.BUNDLE_ELSEWHERE, "a store keeps the log");
    }
    IncidentId incident = new IncidentId(id);
    EvidenceSelection selection = EvidenceSelection.ofIncident(incident, incidents);
    EvidenceRequest request =
        new EvidenceRequest(
            selection.leaves(),
            selection.how(),
            subjects(user.strip()),
            List.of(),
            actor.user(),
            reason.strip());
    trail.exported(actor, "evidence.zip", "incident:" + incident.number());
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType("application/zip"))
        .header(
            "Content-Disposition",
            "attachment; filename=\"" + incident.number() + "-evidence.zip\"")
        .body(desk.make(request).toBytes());
  }

  private static List<FieldValue> subjects(String user) {
    return user.isEmpty() ? List.of() : List.of(new FieldValue(Field.USER_NAME.fieldName(), user));
  }
}
