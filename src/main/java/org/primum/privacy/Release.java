package org.primum.privacy;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The queries that are answered together, all or none.
public record Release(String name, int revision, List<Query> queries) {

  public Release {
    queries = List.copyOf(queries);
    if (queries.isEmpty()) {
      throw new IllegalArgumentException("a release needs a query");
    }
    Set<String> seen = new HashSet<>();
    for (Query query : queries) {
      if (!seen.add(query.id())) {
        throw new IllegalArgumentException("query id '" + query.id() + "' occurs twice");
      }
      if (query.loss().definition() != queries.getFirst().loss().definition()) {
        throw new IllegalArgumentException(
            "a release asks for epsilon or for rho, not for both: see query " + query.id());
      }
    }
  }

  public Definition definition() {
    return queries.getFirst().loss().definition();
  }

  /// What all queries cost together. Losses add up under both definitions, also where a query was
  /// chosen after earlier answers were seen (Rogers et al. 2016; Whitehouse et al. 2023).
  public BigDecimal cost() {
    return PrivacyLoss.plain(
        queries.stream().map(q -> q.loss().amount()).reduce(BigDecimal.ZERO, BigDecimal::add));
  }
}
