// Runs a declarative Jenkinsfile the way an agent would, as far as that can be had without a Jenkins: the file is
// compiled by Groovy, every section and step has to be one that is known here, and sh really runs.
//
//   groovy jenkinsfile.groovy JENKINSFILE WORKSPACE    exit code 0 or 1, as the build's result
//
// What Jenkins itself would add, its parser for declarative pipelines and the plugins behind junit, recordIssues and
// archiveArtifacts, is not here; of those steps only the names and options are checked, and what they would collect.
import java.nio.file.FileSystems
import java.nio.file.Files
import java.nio.file.Path

class BuildFailed extends RuntimeException {
  BuildFailed(String why) { super(why) }
}

/// What a block may contain: each name with the closure that takes its arguments. Anything else ends the run.
class Block extends GroovyObjectSupport {
  final String name
  final Map<String, Closure> known

  Block(String name, Map<String, Closure> known) {
    this.name = name
    this.known = known
  }

  static void run(String name, Map<String, Closure> known, Closure body, List required = []) {
    Set<String> seen = []
    Map<String, Closure> noted = known.collectEntries { key, act ->
      [key, { Object... arguments -> seen << key; act(*arguments) }]
    }
    body.delegate = new Block(name, noted)
    body.resolveStrategy = Closure.DELEGATE_ONLY
    body()
    Collection missing = required - seen
    if (missing) {
      throw new IllegalStateException("$name has no ${missing.join(', ')}")
    }
  }

  @Override
  Object invokeMethod(String method, Object arguments) {
    Closure act = known[method]
    if (act == null) {
      throw new IllegalStateException("$name knows no '$method'")
    }
    return act(*(arguments as List))
  }
}

class Build {
  final Path workspace
  final Map<String, String> environment = [:]
  String failure = ''

  Build(Path workspace) { this.workspace = workspace }

  static void keys(String step, Map given, Collection allowed) {
    Collection unknown = given.keySet() - allowed
    if (unknown) {
      throw new IllegalStateException("$step knows no option ${unknown.join(', ')}")
    }
  }

  Object sh(Map options) {
    keys('sh', options, ['label', 'returnStatus', 'script'])
    // As Jenkins runs a script without a first line of its own.
    ProcessBuilder shell = new ProcessBuilder('sh', '-xe', '-c', options.script as String)
    shell.environment().putAll(environment)
    int code = shell.directory(workspace.toFile()).inheritIO().start().waitFor()
    if (!options.returnStatus && code != 0) {
      throw new BuildFailed("script returned exit code $code")
    }
    return options.returnStatus ? code : null
  }

  /// How many files of the workspace match; what a build keeps is copied.
  int files(String patterns, Path kept = null) {
    List matchers = patterns.split(/,\s*/).collect { FileSystems.default.getPathMatcher("glob:$it") }
    int count = 0
    Files.walk(workspace).filter { Files.isRegularFile(it) }.each { Path file ->
      Path path = workspace.relativize(file)
      if (matchers.any { it.matches(path) }) {
        count++
        if (kept) {
          Files.createDirectories(kept.resolve(path).parent)
          Files.copy(file, kept.resolve(path))
        }
      }
    }
    return count
  }

  void collect(String step, String patterns, boolean mayBeEmpty, Path kept = null) {
    if (files(patterns, kept) == 0 && !mayBeEmpty) {
      throw new BuildFailed("$step: nothing matches $patterns")
    }
  }

  Map<String, Closure> steps() {
    return [
      sh: { it instanceof Map ? sh(it) : sh(script: it) },
      error: { throw new BuildFailed(it as String) },
      script: { Closure body -> Block.run('script', steps(), body) },
      junit: { Map o ->
        keys('junit', o, ['testResults', 'allowEmptyResults'])
        collect('junit', o.testResults, o.allowEmptyResults ?: false)
      },
      archiveArtifacts: { Map o ->
        keys('archiveArtifacts', o, ['artifacts', 'allowEmptyArchive'])
        collect('archiveArtifacts', o.artifacts, o.allowEmptyArchive ?: false, Path.of("${workspace}.kept"))
      },
      recordIssues: { Map o ->
        keys('recordIssues', o, ['tools'])
        o.tools.each { files(it) }
      },
      sarif: { Map o -> keys('sarif', o, ['pattern']); o.pattern },
    ]
  }

  void attempt(Closure body) {
    if (failure) {
      return
    }
    try {
      Block.run('steps', steps(), body)
    } catch (BuildFailed e) {
      failure = e.message
    }
  }

  void parameter(Map o) {
    keys('string', o, ['name', 'defaultValue', 'description'])
    environment.putIfAbsent(o.name as String, o.defaultValue as String)
  }

  void pipeline(Closure body) {
    Block.run('pipeline', [
      agent: { Closure of -> Block.run('agent', [label: { assert it instanceof String }], of) },
      options: { Closure of ->
        Block.run('options', [
          timeout: { Map o -> keys('timeout', o, ['time', 'unit']) },
          disableConcurrentBuilds: { },
        ], of)
      },
      parameters: { Closure of -> Block.run('parameters', [string: { Map o -> parameter(o) }], of) },
      environment: { Closure of -> assignments(of) },
      stages: { Closure of ->
        Block.run('stages', [stage: { String name, Closure stage ->
          Block.run("stage '$name'", [steps: { Closure steps -> attempt(steps) }], stage, ['steps'])
        }], of, ['stage'])
      },
      post: { Closure of ->
        Block.run('post', [always: { Closure steps -> Block.run('always', this.steps(), steps) }], of)
      },
    ], body, ['agent', 'stages'])
  }

  void assignments(Closure of) {
    of.delegate = new Expando()
    of.resolveStrategy = Closure.DELEGATE_FIRST
    of()
    of.delegate.properties.each { key, value -> environment.putIfAbsent(key as String, value as String) }
  }
}

Build build = new Build(Path.of(args[1]).toAbsolutePath())
Binding names = new Binding()
names.setVariable('pipeline', { Closure body -> build.pipeline(body) })
new GroovyShell(names).evaluate(new File(args[0]))
println build.failure ? "FAILURE: $build.failure" : 'SUCCESS'
System.exit(build.failure ? 1 : 0)
