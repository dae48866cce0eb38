// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.jpa.config;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.hibernate.annotations.DynamicInsert;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.NullUnmarked;

/** A table whose column {@code phone} is masked; its keys are of an identity column. */
@Entity
@Table(name = "resident")
@DynamicInsert
@DynamicUpdate
@NullUnmarked
class Resident {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @Version private int version;
  private String name;
  private String phone;
  private String note;

  @ManyToOne(fetch = FetchType.LAZY)
  private District district;

  protected Resident() {}

  Resident(String name, String phone, District district) {
    this.name = name;
    this.phone = phone;
    this.district = district;
  }

  Long id() {
    return id;
  }

  int version() {
    return version;
  }

  String name() {
    return name;
  }

  String phone() {
    return phone;
  }

  void phone(String now) {
    phone = now;
  }

  void note(String now) {
    note = now;
  }

  String note() {
    return note;
  }

  District district() {
    return district;
  }
}
