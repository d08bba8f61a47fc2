// What scripts/lint-chart.sh asks of rendered objects.
//
//   node objects.mjs types FILE…          TypeScript that compiles where every object is what Kubernetes and Argo know
//   node objects.mjs same LEFT RIGHT      both hold the same objects, apart from Helm's labels and the namespace
//   node objects.mjs split FILE DIR       Argo's objects, one a file
import fs from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import YAML from 'yaml';

const HELM = ['helm.sh/chart', 'app.kubernetes.io/managed-by', 'app.kubernetes.io/instance'];

/** The objects of a file of YAML documents, none of them empty. */
export function read(file) {
  return YAML.parseAllDocuments(fs.readFileSync(file, 'utf8')).map((document) => {
    if (document.errors.length > 0) throw new Error(`${file}: ${document.errors[0].message}`);
    return document.toJS();
  }).filter((object) => object !== null);
}

/** Kind and name, with the namespace where two objects differ in nothing else. */
export function id(object) {
  return `${object.kind}/${object.metadata.name}`;
}

/** Where the types of an API version are. Argo's are of an own package, and Kubernetes' core group has no name. */
function types(apiVersion) {
  return apiVersion.startsWith('argoproj.io/')
    ? `@kubernetes-models/argo-workflows/${apiVersion}`
    : `kubernetes-models/${apiVersion}`;
}

/** Argo writes the groups of `steps` as bare lists; its generated type wants them named. */
function asTyped(object) {
  const templates = object.spec?.templates?.map((template) =>
    template.steps ? { ...template, steps: template.steps.map((group) => ({ steps: group })) } : template);
  return templates ? { ...object, spec: { ...object.spec, templates } } : object;
}

function typescript(files) {
  let text = '';
  let number = 0;
  for (const file of files) {
    for (const object of read(file)) {
      const type = `import("${types(object.apiVersion)}").I${object.kind}`;
      text += `// ${file}: ${id(object)}\nexport const object${number++}: ${type} = ${JSON.stringify(asTyped(object), null, 1)};\n`;
    }
  }
  return text;
}

function withoutHelm(object) {
  const { namespace, labels, ...metadata } = object.metadata;
  const rest = Object.fromEntries(Object.entries(labels ?? {}).filter(([key]) => !HELM.includes(key)));
  return { ...object, metadata: Object.keys(rest).length > 0 ? { ...metadata, labels: rest } : metadata };
}

/** Where two values differ, as paths. */
function differences(left, right, at) {
  const tree = (value) => value !== null && typeof value === 'object';
  if (isDeepStrictEqual(left, right)) return [];
  if (!tree(left) || !tree(right)) return [`${at}: ${JSON.stringify(left)} and ${JSON.stringify(right)}`];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])]
    .flatMap((key) => differences(left[key], right[key], `${at}/${key}`));
}

/** Every difference between the objects of two files. */
export function compare(left, right) {
  const index = (file) => new Map(read(file).filter((object) => !('helm.sh/hook' in (object.metadata.annotations ?? {})))
    .map((object) => [id(object), withoutHelm(object)]));
  const [here, there] = [index(left), index(right)];
  return [...new Set([...here.keys(), ...there.keys()])].sort().flatMap((name) => {
    if (!here.has(name)) return [`${name} is in ${right} only`];
    if (!there.has(name)) return [`${name} is in ${left} only`];
    return differences(here.get(name), there.get(name), name);
  });
}

function split(file, directory) {
  for (const object of read(file).filter((candidate) => candidate.apiVersion.startsWith('argoproj.io/'))) {
    const name = [object.metadata.namespace, object.kind, object.metadata.name].filter(Boolean).join('-');
    fs.writeFileSync(path.join(directory, `${name}.yaml`), YAML.stringify(object));
  }
}

if (process.argv[1] === import.meta.filename) {
  const [command, ...files] = process.argv.slice(2);
  if (command === 'types') {
    process.stdout.write(typescript(files));
  } else if (command === 'split') {
    split(...files);
  } else if (command === 'same') {
    const found = compare(...files);
    found.forEach((line) => console.error(line));
    if (found.length > 0 || read(files[0]).length === 0) process.exit(1);
  } else {
    process.exit(2);
  }
}
