import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
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
import org.tribuo.classification.liblinear.LinearClassificationType;
import org.tribuo.classification.liblinear.LinearClassificationType.LinearType;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.linear.LogisticRegressionTrainer;
import org.tribuo.classification.sgd.objectives.Hinge;
import org.tribuo.classification.xgboost.XGBoostClassificationTrainer;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.datasource.ListDataSource;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.ensemble.AveragingCombiner;
import org.tribuo.regression.liblinear.LibLinearRegressionTrainer;
import org.tribuo.regression.rtree.CARTRegressionTrainer;
import org.tribuo.regression.rtree.impurity.MeanSquaredError;
import org.tribuo.regression.sgd.objectives.SquaredLoss;
import org.tribuo.regression.slm.ElasticNetCDTrainer;
import org.tribuo.regression.slm.LARSLassoTrainer;
import org.tribuo.regression.slm.SLMTrainer;
import org.tribuo.regression.xgboost.XGBoostRegressionTrainer;

/// Makes the Tribuo models of this folder and what Tribuo says of their rows, as lines for expected.json on stdout. Usage, in this
/// folder: `java -cp <jars> MakeTribuo.java`, with tribuo-classification-tree, -classification-sgd, -classification-liblinear,
/// -classification-xgboost, -regression-tree, -regression-sgd, -regression-slm, -regression-liblinear and -regression-xgboost 4.3.2 and
/// what they depend on (XGBoost4J 1.6.2 among it). `tribuo-xgboost-ubj.pb` is made by a second run with XGBoost4J 3.0.4 in its place
/// and the argument `ubj`. Labels are a noisy sum of the columns of cancer-training.csv; an empty cell is no feature of its row.
public final class MakeTribuo {

  private static final List<double[]> TRAINING = rows("cancer-training.csv");
  private static final List<double[]> HOLES = rows("cancer-missing-training.csv");

  public static void main(String[] arguments) throws IOException {
    var two = dataset(new LabelFactory(), TRAINING, (sum) -> new Label(sum > 20 ? "yes" : "no"));
    var three = dataset(new LabelFactory(), TRAINING, (sum) -> new Label(sum > 22 ? "high" : sum > 18 ? "middle" : "low"));
    var number = dataset(new RegressionFactory(), TRAINING, (sum) -> new Regressor("days", sum));
    if (arguments.length > 0) {
      save("tribuo-xgboost-ubj.pb", new XGBoostClassificationTrainer(4).train(two));
      return;
    }
    var tree = new CARTClassificationTrainer(4, 0.7f, 1);
    save("tribuo-tree.pb", new CARTClassificationTrainer(4).train(two));
    save("tribuo-forest.pb", new RandomForestTrainer<>(tree, new VotingCombiner(), 7, 2).train(two));
    save("tribuo-forest-classes.pb", new RandomForestTrainer<>(tree, new FullyWeightedVotingCombiner(), 5, 3).train(three));
    save("tribuo-regression-tree.pb", new CARTRegressionTrainer(4).train(number));
    save("tribuo-regression-forest.pb", new RandomForestTrainer<>(new CARTRegressionTrainer(4, 6, 0, 0.7f, false, new MeanSquaredError(), 1), new AveragingCombiner(), 5, 4).train(number));
    linear(two, three, number);
    liblinear(two, three, number);
    xgboost(two, three, number);
  }

  private static void linear(MutableDataset<Label> two, MutableDataset<Label> three, MutableDataset<Regressor> number) throws IOException {
    save("tribuo-logistic.pb", new LogisticRegressionTrainer().train(two));
    save("tribuo-logistic-classes.pb", new LogisticRegressionTrainer().train(three));
    save("tribuo-hinge.pb", new LinearSGDTrainer(new Hinge(), new AdaGrad(0.1), 5, 7).train(two));
    save("tribuo-hinge-classes.pb", new LinearSGDTrainer(new Hinge(), new AdaGrad(0.1), 5, 7).train(three));
    save("tribuo-regression-linear.pb", new org.tribuo.regression.sgd.linear.LinearSGDTrainer(new SquaredLoss(), new AdaGrad(0.1), 5, 7).train(number));
    save("tribuo-elastic-net.pb", new ElasticNetCDTrainer(0.05, 0.5, 3).train(dataset(new RegressionFactory(), HOLES, (sum) -> new Regressor("days", sum))), "cancer-missing");
    save("tribuo-lasso.pb", new LARSLassoTrainer(5).train(number));
    save("tribuo-sparse.pb", new SLMTrainer(false, 4).train(number));
  }

  private static void liblinear(MutableDataset<Label> two, MutableDataset<Label> three, MutableDataset<Regressor> number) throws IOException {
    save("tribuo-liblinear.pb", new LibLinearClassificationTrainer().train(two));
    save("tribuo-liblinear-classes.pb", new LibLinearClassificationTrainer(new LinearClassificationType(LinearType.MCSVM_CS), 1, 1000, 0.1).train(three));
    save("tribuo-liblinear-logistic.pb", new LibLinearClassificationTrainer(new LinearClassificationType(LinearType.L2R_LR), 1, 1000, 0.01).train(two));
    save("tribuo-liblinear-logistic-classes.pb", new LibLinearClassificationTrainer(new LinearClassificationType(LinearType.L2R_LR), 1, 1000, 0.01).train(three));
    save("tribuo-liblinear-regression.pb", new LibLinearRegressionTrainer().train(number));
  }

  private static void xgboost(MutableDataset<Label> two, MutableDataset<Label> three, MutableDataset<Regressor> number) throws IOException {
    save("tribuo-xgboost.pb", new XGBoostClassificationTrainer(5).train(dataset(new LabelFactory(), HOLES, (sum) -> new Label(sum > 20 ? "yes" : "no"))), "cancer-missing");
    save("tribuo-xgboost-classes.pb", new XGBoostClassificationTrainer(4).train(three));
    save("tribuo-xgboost-regression.pb", regression("gbtree").train(number));
    save("tribuo-xgboost-dart.pb", regression("dart").train(number));
    save("refused/tribuo-xgboost-linear.pb", regression("gblinear").train(number));
  }

  private static XGBoostRegressionTrainer regression(String booster) {
    Map<String, Object> parameters = new HashMap<>(Map.of("booster", booster, "objective", "reg:squarederror", "eta", 0.5, "seed", 1));
    if (!booster.equals("gblinear")) {
      parameters.put("max_depth", 4);
    }
    if (booster.equals("dart")) {
      parameters.putAll(Map.of("rate_drop", 0.5, "one_drop", 1));
    }
    return new XGBoostRegressionTrainer(XGBoostRegressionTrainer.RegressionType.LINEAR, 5, parameters);
  }

  private interface Answer<T> {
    T of(double sum);
  }

  private static <T extends Output<T>> MutableDataset<T> dataset(OutputFactory<T> factory, List<double[]> rows, Answer<T> answer) {
    Random noise = new Random(5);
    List<Example<T>> examples = new ArrayList<>();
    for (double[] row : rows) {
      double sum = known(row[0], 14) + 0.2 * known(row[1], 19) + 30 * known(row[6], 0.1) + noise.nextGaussian();
      examples.add(example(row, answer.of(sum)));
    }
    var provenance = new SimpleDataSourceProvenance("cancer-training.csv", factory);
    return new MutableDataset<>(new ListDataSource<>(examples, factory, provenance));
  }

  private static double known(double value, double otherwise) {
    return Double.isNaN(value) ? otherwise : value;
  }

  private static <T extends Output<T>> Example<T> example(double[] row, T answer) {
    int[] known = java.util.stream.IntStream.range(0, row.length).filter(i -> !Double.isNaN(row[i])).toArray();
    String[] names = java.util.Arrays.stream(known).mapToObj(i -> "f" + i).toArray(String[]::new);
    return new ArrayExample<>(answer, names, java.util.Arrays.stream(known).mapToDouble(i -> row[i]).toArray());
  }

  private static <T extends Output<T>> void save(String file, Model<T> model) throws IOException {
    save(file, model, "cancer");
  }

  private static <T extends Output<T>> void save(String file, Model<T> model, String rows) throws IOException {
    model.serializeToFile(Path.of(file));
    List<String> answers = new ArrayList<>();
    for (double[] row : rows(rows + ".csv")) {
      answers.add(answer(model.predict(example(row, model.getOutputIDInfo().getDomain().iterator().next()))));
    }
    System.out.println("\"" + file + "\":{\"rows\":\"" + rows + "\",\"tribuo\":[" + String.join(",", answers) + "]}");
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
          .map(line -> java.util.Arrays.stream(line.split(",", -1)).mapToDouble(cell -> cell.isEmpty() ? Double.NaN : Double.parseDouble(cell)).toArray()).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
