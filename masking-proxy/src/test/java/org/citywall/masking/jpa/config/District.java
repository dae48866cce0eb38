// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.jpa.config;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;

/** A table without anything protected. */
@Entity
@Table(name = "district")
@NullUnmarked
class District {

  @Id private long id;
  private String name;

  @OneToMany(mappedBy = "district")
  @OrderBy("id")
  private List<Resident> residents = new ArrayList<>();

  protected District() {}

  District(long id, String name) {
    this.id = id;
    this.name = name;
  }

  long id() {
    return id;
  }

  String name() {
    return name;
  }

  List<Resident> residents() {
    return residents;
  }
}
