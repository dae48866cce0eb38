// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import org.jspecify.annotations.Nullable;

/**
 * Somebody, or a service account, who touches the city's data.
 *
 * @param id number in the register of persons
 * @param account log-in name, unique in the city
 * @param name generated name; no real person is meant
 * @param unit code of the unit the person works in
 * @param vendor id of the vendor that sent the person; null for everybody else
 * @param address IP address of the person's desk
 */
public record Person(
    String id,
    String account,
    String name,
    PersonType type,
    Duty duty,
    String unit,
    @Nullable String vendor,
    String address) {}
