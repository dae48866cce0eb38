// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.jpa.config;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.NullUnmarked;

/** What a resident applies for: a table without masks whose keys are of a sequence, in blocks. */
@Entity
@Table(name = "application")
@NullUnmarked
class Application {

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "application_seq")
  @SequenceGenerator(
      name = "application_seq",
      sequenceName = "application_seq",
      allocationSize = 20)
  private Long id;

  @Version private long version;
  private String subject;
  private boolean done;

  @Column(precision = 12, scale = 2)
  private BigDecimal amount;

  private LocalDate due;
  private Instant made;

  @ManyToOne(fetch = FetchType.LAZY)
  private Resident resident;

  protected Application() {}

  Application(String subject, BigDecimal amount, LocalDate due, Instant made, Resident resident) {
    this.subject = subject;
    this.amount = amount;
    this.due = due;
    this.made = made;
    this.resident = resident;
  }

  Long id() {
    return id;
  }

  String subject() {
    return subject;
  }

  Resident resident() {
    return resident;
  }

  void done(boolean now) {
    done = now;
  }

  @Override
  public String toString() {
    return subject + " " + done + " " + amount + " " + due + " " + made + " v" + version;
  }
}
