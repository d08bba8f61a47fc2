import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.ensemble.FullyWeightedVotingCombiner;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.classification.liblinear.LibLinearClassificationTrainer;
import org.tribuo.classification.sgd.linear.LogisticRegressionTrainer;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.datasource.ListDataSource;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.ensemble.AveragingCombiner;
import org.tribuo.regression.rtree.CARTRegressionTrainer;
import org.tribuo.regression.rtree.impurity.MeanSquaredError;

/// Makes the Tribuo models of this folder and what Tribuo says of their rows, as lines for expected.json on stdout. Usage, in this
/// folder: `java -cp <jars> MakeTribuo.java`, with tribuo-classification-tree, -classification-sgd, -classification-liblinear and
/// -regression-tree 4.3.2 and what they depend on. Labels are a noisy sum of the columns of cancer-training.csv.
public final class MakeTribuo {

  private static final List<double[]> TRAINING = rows("cancer-training.csv");
  private static final List<double[]> ASKED = rows("cancer.csv");

  public static void main(String[] arguments) throws IOException {
    var two = dataset(new LabelFactory(), (sum) -> new Label(sum > 20 ? "yes" : "no"));
    var three = dataset(new LabelFactory(), (sum) -> new Label(sum > 22 ? "high" : sum > 18 ? "middle" : "low"));
    var number = dataset(new RegressionFactory(), (sum) -> new Regressor("days", sum));
    var tree = new CARTClassificationTrainer(4, 0.7f, 1);
    save("tribuo-tree.pb", new CARTClassificationTrainer(4).train(two));
    save("tribuo-forest.pb", new RandomForestTrainer<>(tree, new VotingCombiner(), 7, 2).train(two));
    save("tribuo-forest-classes.pb", new RandomForestTrainer<>(tree, new FullyWeightedVotingCombiner(), 5, 3).train(three));
    save("tribuo-regression-tree.pb", new CARTRegressionTrainer(4).train(number));
    save("tribuo-regression-forest.pb", new RandomForestTrainer<>(new CARTRegressionTrainer(4, 6, 0, 0.7f, false, new MeanSquaredError(), 1), new AveragingCombiner(), 5, 4).train(number));
    save("tribuo-logistic.pb", new LogisticRegressionTrainer().train(two));
    save("refused/tribuo-liblinear.pb", new LibLinearClassificationTrainer().train(two));
    save("refused/tribuo-logistic-classes.pb", new LogisticRegressionTrainer().train(three));
  }

  private interface Answer<T> {
    T of(double sum);
  }

  private static <T extends Output<T>> MutableDataset<T> dataset(OutputFactory<T> factory, Answer<T> answer) {
    Random noise = new Random(5);
    List<Example<T>> examples = new ArrayList<>();
    for (double[] row : TRAINING) {
      double sum = row[0] + 0.2 * row[1] + 30 * row[6] + noise.nextGaussian();
      examples.add(example(row, answer.of(sum)));
    }
    var provenance = new SimpleDataSourceProvenance("cancer-training.csv", factory);
    return new MutableDataset<>(new ListDataSource<>(examples, factory, provenance));
  }

  private static <T extends Output<T>> Example<T> example(double[] row, T answer) {
    String[] names = new String[row.length];
    for (int i = 0; i < names.length; i++) {
      names[i] = "f" + i;
    }
    return new ArrayExample<>(answer, names, row);
  }

  private static <T extends Output<T>> void save(String file, Model<T> model) throws IOException {
    model.serializeToFile(Path.of(file));
    List<String> answers = new ArrayList<>();
    for (double[] row : ASKED) {
      answers.add(answer(model.predict(example(row, model.getOutputIDInfo().getDomain().iterator().next()))));
    }
    System.out.println("\"" + file + "\":{\"rows\":\"cancer\",\"tribuo\":[" + String.join(",", answers) + "]}");
  }

  /// Of labels the scores in the order of their names; of a number that.
  private static <T extends Output<T>> String answer(Prediction<T> prediction) {
    if (prediction.getOutput() instanceof Regressor number) {
      return Double.toString(number.getValues()[0]);
    }
    Map<String, T> scores = prediction.getOutputScores();
    return scores.keySet().stream().sorted().map(name -> Double.toString(((Label) scores.get(name)).getScore()))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static List<double[]> rows(String file) {
    try {
      return Files.readAllLines(Path.of(file)).stream().skip(1)
          .map(line -> java.util.Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray()).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
