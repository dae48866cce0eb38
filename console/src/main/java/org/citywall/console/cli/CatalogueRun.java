// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Micros;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.KeptLog;
import org.citywall.audit.log.LogOptions;
import org.citywall.audit.secrets.FileKeyVault;
import org.citywall.console.control.ControlClient;
import org.citywall.console.control.ControlErrorCode;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.catalogue.Catalogue;
import org.citywall.masking.config.OwnConnection;
import org.citywall.masking.config.ProxyConfig;
import org.citywall.masking.discovery.CatalogueComparison;
import org.citywall.masking.discovery.DatabaseSamples;
import org.citywall.masking.discovery.DetectionRules;
import org.citywall.masking.discovery.Detector;
import org.citywall.masking.discovery.LiveColumn;
import org.citywall.masking.discovery.LiveSchema;
import org.citywall.masking.discovery.LiveTable;
import org.citywall.masking.discovery.Proposal;
import org.citywall.masking.discovery.ProposalFragment;
import org.citywall.masking.discovery.Samples;

/** Compares catalogue and database, and keeps the figures in the log. */
record CatalogueRun(Clock clock, Map<String, String> environment) {

  /** What a running proxy is asked, whose log nobody else may write. */
  static final String COMMAND = "catalogue-compare";

  private static final String SOURCE = "catalogue/compare";

  /** Reads the database by the proxy's own login; {@code MSK-0062} or {@code MSK-0065}. */
  static CatalogueComparison compare(ProxyConfig proxy) {
    try (OwnConnection connection = proxy.backend().connect("citywall catalogue")) {
      return CatalogueComparison.of(LiveSchema.read(connection.sql()), proxy.policy().catalogue());
    } catch (SQLException e) {
      throw new PlatformException(
          MaskingErrorCode.SCHEMA_UNREADABLE, String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * A piece of a catalogue for what it lacks; failures as of {@link #compare}.
   *
   * @param rows of each table that are looked at, 0 for none
   * @param all also for columns that it has
   */
  static String propose(ProxyConfig proxy, DetectionRules rules, int rows, boolean all) {
    try (OwnConnection connection = proxy.backend().connect("citywall catalogue")) {
      Catalogue catalogue = proxy.policy().catalogue();
      Detector detector = new Detector(rules, catalogue.scheme().highest());
      Samples samples = rows == 0 ? Samples.NONE : new DatabaseSamples(connection.sql(), rows);
      Map<LiveTable, List<LiveColumn>> columns = new LinkedHashMap<>();
      List<Proposal> proposals = new ArrayList<>();
      for (LiveTable table : LiveSchema.read(connection.sql()).tables().values()) {
        Set<String> known =
            all || catalogue.table(table.name()).isEmpty()
                ? Set.of()
                : catalogue.table(table.name()).get().columns().keySet();
        LiveTable lacking = table.without(known);
        if (!lacking.columns().isEmpty() && table.partitionOf() == null) {
          columns.put(table, List.copyOf(lacking.columns().values()));
          proposals.addAll(detector.propose(lacking, samples));
        }
      }
      return ProposalFragment.of(columns, proposals);
    } catch (SQLException e) {
      throw new PlatformException(
          MaskingErrorCode.SCHEMA_UNREADABLE, String.valueOf(e.getMessage()), e);
    }
  }

  /** Appends the figures to the log of a data folder, by the proxy that runs on it if one does. */
  void record(Path folder, CatalogueComparison comparison) {
    DataFolder data = new DataFolder(folder);
    try {
      new ControlClient(data.controlSocket()).send(COMMAND, Map.of());
      return;
    } catch (PlatformException e) {
      if (e.code() != ControlErrorCode.NOT_RUNNING) {
        throw e;
      }
    }
    SecureRandom random = new SecureRandom();
    new InstalledFiles(data, random).createFolder();
    try (FileKeyVault vault = FileKeyVault.open(data.root(), environment, clock, random);
        KeptLog log =
            EvidenceLogs.open(
                data.root(),
                LogOptions.defaults(),
                LogAccess.writing(ProxyNode.ORIGIN, vault),
                clock,
                random)) {
      append(log, comparison, clock.instant());
    }
  }

  /** Each run is a source of its own: it numbers nothing that could get lost. */
  static void append(EvidenceLog log, CatalogueComparison comparison, Instant now) {
    SourcePosition position = new SourcePosition(SOURCE, Micros.of(now), 1);
    log.append(List.of(new Entry(EntryKind.EVENT, comparison.event(position, now))));
  }
}
