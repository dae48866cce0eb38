// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.citywall.audit.event.Event;
import org.citywall.masking.policy.Rights;

/**
 * Somebody who may log in.
 *
 * @param rights what the person may see at the moment of the call
 * @param person writes into an entry what is known of the person, beside the name
 */
public record Account(
    String name, ScramVerifier verifier, Supplier<Rights> rights, Consumer<Event.Builder> person) {}
