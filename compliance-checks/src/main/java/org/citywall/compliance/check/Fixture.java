// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.check;

import org.citywall.compliance.score.Result;
import tools.jackson.databind.JsonNode;

/**
 * Facts of which it is known what a check must say.
 *
 * @param target facts about the target, for what the check applies to
 * @param facts as the check's collector tells them
 */
record Fixture(String name, JsonNode target, JsonNode facts, Result expected) {}
