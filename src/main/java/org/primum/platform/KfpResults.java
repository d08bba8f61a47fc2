package org.primum.platform;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.primum.gate.Confusion;
import org.primum.gate.Measurement;
import org.primum.gate.Verdict;

/// What a step tells Kubeflow Pipelines beside its files.
///
/// @param parameters text by name; one that does not exist is empty
/// @param summary the verdict in Markdown
public record KfpResults(
    SortedMap<String, String> parameters,
    Verdict verdict,
    List<Measurement> metrics,
    Confusion confusion,
    String summary) {

  public KfpResults {
    parameters = new TreeMap<>(parameters);
    metrics = List.copyOf(metrics);
  }
}
