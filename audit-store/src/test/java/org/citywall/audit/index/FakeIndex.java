// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LoggedEntry;

/** An index over a list; what was committed survives in its {@link Disk}. */
final class FakeIndex implements EventIndex {

  /** What outlives an index, and the switches of a test. */
  static final class Disk {
    final AtomicInteger refreshes = new AtomicInteger();
    private final List<LoggedEntry> committed = new ArrayList<>();
    private int failuresAhead;
    private boolean refusing;

    synchronized void failNext(int times) {
      failuresAhead = times;
    }

    synchronized void refuseOpening(boolean refuse) {
      refusing = refuse;
    }

    synchronized int committed() {
      return committed.size();
    }

    synchronized FakeIndex open() {
      if (refusing) {
        throw new PlatformException(AuditErrorCode.INDEX_FAILED, "told to refuse");
      }
      return new FakeIndex(this, committed);
    }

    private synchronized void commit(List<LoggedEntry> entries) {
      committed.clear();
      committed.addAll(entries);
    }

    private synchronized void failWhereTold() {
      if (failuresAhead > 0) {
        failuresAhead--;
        throw new PlatformException(AuditErrorCode.INDEX_FAILED, "told to fail");
      }
    }
  }

  private final Disk disk;
  private final List<LoggedEntry> entries;
  private List<LoggedEntry> visible = List.of();
  private boolean broken;

  private FakeIndex(Disk disk, List<LoggedEntry> committed) {
    this.disk = disk;
    this.entries = new ArrayList<>(committed);
  }

  @Override
  public synchronized long nextLeaf() {
    return entries.size();
  }

  @Override
  public synchronized void index(List<LoggedEntry> batch) {
    try {
      disk.failWhereTold();
    } catch (PlatformException e) {
      broken = true;
      throw e;
    }
    entries.addAll(batch);
  }

  /** It keeps entries, not documents: what was destroyed is read again with them. */
  @Override
  public synchronized void redact(YearMonth month, LogReader log) {
    entries.replaceAll(entry -> log.read(entry.leaf()));
  }

  @Override
  public synchronized void commit() {
    disk.commit(entries);
  }

  @Override
  public synchronized void refresh() {
    disk.refreshes.incrementAndGet();
    visible = List.copyOf(entries);
  }

  @Override
  public synchronized SearchPage search(SearchRequest request) {
    List<SearchHit> hits =
        new ModelIndex(visible)
            .search(request.query(), request.range()).stream()
                .map(entry -> new SearchHit(entry.leaf(), entry.event().timestampMicros()))
                .toList();
    return new SearchPage(hits, hits.size(), true, visible.size());
  }

  @Override
  public synchronized Histogram histogram(HistogramRequest request) {
    return new Histogram(
        request.range().from(),
        request.interval(),
        new ModelIndex(visible).histogram(request),
        visible.size());
  }

  @Override
  public synchronized List<TermCount> terms(Query query, TimeRange range, Field field, int limit) {
    return new ModelIndex(visible).terms(query, range, field, limit);
  }

  @Override
  public synchronized void close() {
    if (!broken) {
      commit();
    }
  }
}
