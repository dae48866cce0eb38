// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.report;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Hash;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.assessment.AssessmentId;
import org.citywall.console.assessment.SystemRegister.Filter;
import org.citywall.console.control.ControlServer;

/** Writes reports that the owner of the data folder orders on the control socket. */
public final class ReportOrders {

  /** The command on the control socket. */
  public static final String COMMAND = "report";

  /** The command that writes the register of graded systems. */
  public static final String SYSTEMS = "systems";

  private final Reports reports;
  private final RegisterExport register;

  public ReportOrders(Reports reports, RegisterExport register) {
    this.reports = reports;
    this.register = register;
  }

  /** What to answer on the control socket, by command. */
  public Map<String, ControlServer.Handler> handlers() {
    return Map.of(COMMAND, this::write, SYSTEMS, this::systems);
  }

  /**
   * Writes the report that is ordered: {@code kind}, {@code id}, {@code format}, {@code draft},
   * {@code person}, and {@code out}, an absolute path of a file that is not there yet.
   */
  private Map<String, Object> write(Map<String, Object> order) {
    ReportFormat format = ReportFormat.of(String.valueOf(order.get("format")));
    ReportKind kind = ReportKind.of(String.valueOf(order.get("kind")));
    AssessmentId id = AssessmentId.parse(String.valueOf(order.get("id")));
    Actor actor = new Actor(String.valueOf(order.get("person")), "");
    byte[] report = reports.make(actor, id, kind, format, Boolean.TRUE.equals(order.get("draft")));
    return written(order, report);
  }

  /** Writes the register: {@code format}, {@code person} and {@code out}. */
  private Map<String, Object> systems(Map<String, Object> order) {
    RegisterExport.Format format = RegisterExport.Format.of(String.valueOf(order.get("format")));
    Actor actor = new Actor(String.valueOf(order.get("person")), "");
    return written(order, register.make(actor, Filter.ALL, format));
  }

  private static Map<String, Object> written(Map<String, Object> order, byte[] report) {
    Path out = Path.of(String.valueOf(order.get("out")));
    try {
      Files.write(out, report, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw new PlatformException(ConsoleErrorCode.REPORT_REFUSED, out + " is there already", e);
    } catch (IOException e) {
      throw new PlatformException(ConsoleErrorCode.REPORT_REFUSED, out + " cannot be written", e);
    }
    return Map.of("bytes", report.length, "sha256", Hash.sha256(report).hex());
  }
}
