// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.shardingsphere;

import java.util.Set;

/** Rules of ShardingSphere's grammar that mean nothing beyond what is below them. */
final class GrammarRules {

  private static final String QUERIES =
      """
      select selectWithParens selectClauseN forLockingClause forLockingItems
      forLockingItem nowaitOrSkip forLockingStrength selectLimit valuesClause limitClause
      offsetClause selectLimitValue selectOffsetValue selectFetchValue rowOrRows firstOrNext
      onlyOrWithTies targetList groupClause groupByList groupByItem emptyGroupingSet rollupClause
      cubeClause groupingSetsClause windowClause windowDefinitionList windowDefinition
      windowSpecification existingWindowName partitionClause frameClause frameExtent frameBound
      optWindowExclusionClause windowExclusionClause fromClause fromList tableReference joinedTable
      crossJoinType innerJoinType outerJoinType naturalJoinType joinOuter joinQual whereClause
      havingClause sortClause sortbyList sortby nullsOrder ascDesc distinctClause distinct
      allOrDistinct aliasClause funcAliasClause nameList functionTable rowsFromItem rowsFromList
      ordinality columnDefList tableFuncElementList tableFuncElement collateClause anyName xmlTable
      xmlTableColumnList xmlTableColumnEl xmlTableColumnOptionList xmlTableColumnOptionEl
      xmlNamespaceList xmlNamespaceEl
      """;

  private static final String EXPRESSIONS =
      """
      aExpr bExpr inExpr caseExpr whenClauseList whenClause caseDefault caseArg andOperator
      orOperator comparisonOperator patternMatchingOperator qualOp subqueryOp allOp op mathOperator
      jsonOperator geometricOperator qualAllOp row explicitRow implicitRow subType arrayExpr
      arrayExprList funcArgList paramName funcArgExpr funcExpr withinGroupClause filterClause
      functionExprWindowless functionExprCommonSubexpr exprList extractList extractArg trimList
      overlayList overlayPlacing substrFrom substrFor positionList substrList xmlAttributes
      xmlAttributeList xmlAttributeEl xmlExistsArgument xmlPassingMech documentOrContent
      xmlWhitespaceOption xmlRootVersion xmlRootStandalone unicodeNormalForm overClause windowName
      parameterMarker numberConst numberLiterals signedIconst indirection optIndirection
      indirectionEl sliceBound attrName attrs colLable
      """;

  private static final String TYPES_AND_NAMES =
      """
      typeName typeList simpleTypeName constTypeName typeModifiers numeric constDatetime timezone
      character characterWithLength characterWithoutLength characterClause optFloat bit
      bitWithLength bitWithoutLength constInterval optInterval intervalSecond optArrayBounds
      identifier unreservedWord typeFuncNameKeyword reservedKeyword colId name columnName columnNames
      nonReservedWord typeFunctionName booleanValue
      """;

  private GrammarRules() {}

  static Set<String> transparent() {
    return Set.of((QUERIES + EXPRESSIONS + TYPES_AND_NAMES).strip().split("\\s+"));
  }
}
