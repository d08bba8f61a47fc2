// Checks Kubernetes and Argo objects against the types of their kinds: a field that does not exist, a
// value of the wrong type, and a required field that is missing are errors.
//
//   node check.mjs FILE.yaml...      exits with 1 when something is wrong
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import YAML from "yaml";

const home = path.dirname(fileURLToPath(import.meta.url));
const options = {
  noEmit: true, strict: true, skipLibCheck: true, types: [], target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext,
};
const wrong = [];
const sources = new Map();

for (const file of process.argv.slice(2)) {
  // Kubernetes reads YAML 1.1: 0755 is octal there
  const documents = YAML.parseAllDocuments(fs.readFileSync(file, "utf8"), { version: "1.1", merge: true });
  documents.forEach((document, i) => {
    const where = documents.length > 1 ? `${file}: document ${i + 1}` : file;
    document.errors.forEach((error) => wrong.push(`${where}: ${error.message}`));
    const object = document.errors.length ? null : document.toJS();
    if (object === null) return;
    if (!object.apiVersion || !object.kind) wrong.push(`${where}: apiVersion or kind is missing`);
    else sources.set(path.join(home, `object-${sources.size}.ts`), { where, text: typed(object) });
  });
}

const host = ts.createCompilerHost(options);
const { fileExists, getSourceFile, readFile } = host;
host.fileExists = (name) => sources.has(name) || fileExists(name);
host.readFile = (name) => sources.get(name)?.text ?? readFile(name);
host.getSourceFile = (name, version, ...rest) =>
  sources.has(name) ? ts.createSourceFile(name, sources.get(name).text, version, true) : getSourceFile(name, version, ...rest);
const program = ts.createProgram([...sources.keys()], options, host);
for (const diagnostic of ts.getPreEmitDiagnostics(program)) {
  const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n  ");
  const source = diagnostic.file && sources.get(diagnostic.file.fileName);
  wrong.push(source ? `${source.where}: ${at(diagnostic)}${text}` : text);
}

wrong.forEach((line) => console.error(line));
console.error(wrong.length ? `${wrong.length} wrong` : `${sources.size} objects are of their types`);
process.exit(wrong.length ? 1 : 0);

// A kind's type has the name of the kind, in the module of its API version.
function typed(object) {
  const [group, version] = object.apiVersion.includes("/") ? object.apiVersion.split("/") : ["", object.apiVersion];
  const pack = group === "argoproj.io" ? "@kubernetes-models/argo-workflows" : "kubernetes-models";
  const module = [pack, group, version].filter(Boolean).join("/");
  return `import type { I${object.kind} } from "${module}";\nexport const object: I${object.kind} = ${JSON.stringify(object, nested, 1)};\n`;
}

// The types call a group of parallel steps {steps: [...]}; Argo reads and writes it as a list.
function nested(key, value) {
  return key === "steps" && Array.isArray(value) && value.every(Array.isArray) ? value.map((steps) => ({ steps })) : value;
}

// the place of a diagnostic in the object: spec.templates[0].container:
function at(diagnostic) {
  const parts = [];
  let node = ts.getTokenAtPosition?.(diagnostic.file, diagnostic.start) ?? deepest(diagnostic.file, diagnostic.start);
  for (; node?.parent; node = node.parent) {
    if (ts.isPropertyAssignment(node)) parts.unshift(`.${node.name.text}`);
    else if (ts.isArrayLiteralExpression(node.parent)) parts.unshift(`[${node.parent.elements.indexOf(node)}]`);
  }
  return parts.length ? `${parts.join("").slice(1)}: ` : "";
}

function deepest(node, position) {
  return ts.forEachChild(node, (child) => (child.getStart() <= position && position < child.getEnd() ? deepest(child, position) : undefined)) ?? node;
}
