// What the values of pipelines/chart/primum/ci have to do to the objects. Takes the folder of what helm rendered.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import YAML from 'yaml';
import { id, read } from './objects.mjs';

const folder = process.env.RENDERED;
const [standard, full, tenants] = ['default', 'full', 'tenants'].map((name) => read(`${folder}/${name}.yaml`));

const kind = (objects, name) => objects.filter((object) => object.kind === name);
const one = (objects, name, namespace) => {
  const found = objects.filter((object) => id(object) === name && (!namespace || object.metadata.namespace === namespace));
  assert.equal(found.length, 1, `${name} in ${namespace ?? 'all'}`);
  return found[0];
};
const templates = (objects) => kind(objects, 'ClusterWorkflowTemplate').flatMap((object) => object.spec.templates);
const template = (objects, step) => one(objects, `ClusterWorkflowTemplate/primum-${step}-v1`).spec.templates[0];
const standardOf = (inputs, name) => inputs.parameters.find((parameter) => parameter.name === name)?.default;
const isTest = (object) => 'helm.sh/hook' in (object.metadata.annotations ?? {});
const DIGEST = `registry.hospital.example/primum/primum@sha256:${'1'.repeat(64)}`;

test('every name a template uses is there', () => {
  const accounts = new Set(kind(standard, 'ServiceAccount').map((account) => account.metadata.name));
  const configMaps = new Set(kind(standard, 'ConfigMap').map((map) => map.metadata.name));
  assert.ok(templates(standard).length >= 11, 'a template a step');
  for (const each of templates(standard)) {
    assert.ok(accounts.has(each.serviceAccountName), each.serviceAccountName);
    assert.ok(accounts.has(each.executor.serviceAccountName), each.executor.serviceAccountName);
  }
  for (const workflow of kind(standard, 'WorkflowTemplate')) {
    for (const { name, value } of workflow.spec.arguments.parameters) {
      if (/-(policy|release|budget)$/.test(name)) assert.ok(configMaps.has(value), `${name} of ${workflow.metadata.name}: ${value}`);
    }
  }
});

test('a digest is the image of every container, the test included', () => {
  const containers = [
    ...templates(full).map((each) => each.container),
    ...kind(full, 'Pod').flatMap(({ spec }) => [...spec.initContainers, ...spec.containers]),
  ];
  assert.ok(containers.length >= 16);
  for (const container of containers) {
    assert.equal(container.image, DIGEST);
    assert.equal(container.imagePullPolicy, 'IfNotPresent');
  }
});

test("Argo's braces stay Argo's, also in what the values say", () => {
  assert.ok(template(full, 'train').container.args.includes('--data={{inputs.parameters.data}}'));
  assert.match(one(full, 'ConfigMap/primum-gate-policy').data['policy.yaml'], /\{\{ not a template \}\}/);
});

test('a policy that is given takes the place of the example, and the others stay', () => {
  assert.match(one(full, 'ConfigMap/primum-gate-policy').data['policy.yaml'], /min: 0\.9\b/);
  assert.deepEqual(one(full, 'ConfigMap/primum-fairness-audit-policy').data, one(standard, 'ConfigMap/primum-fairness-audit-policy').data);
});

test('cpu, memory and deadline are defaults of parameters, step by step', () => {
  const { inputs } = template(full, 'train');
  assert.equal(standardOf(inputs, 'cpu'), '2');
  assert.equal(standardOf(inputs, 'memory'), '4Gi');
  assert.equal(standardOf(inputs, 'deadline-seconds'), '7200');
  const untouched = template(standard, 'gate').inputs;
  for (const name of ['cpu', 'memory', 'deadline-seconds']) assert.equal(standardOf(template(full, 'gate').inputs, name), standardOf(untouched, name));
});

test('a size of the values holds in the workflows too, and the others stay parameters', () => {
  const tasks = one(full, 'WorkflowTemplate/primum-release-v1').spec.templates.find(({ name }) => name === 'release').dag.tasks;
  const passed = (step) => tasks.find(({ name }) => name === step).arguments.parameters.map(({ name }) => name);
  assert.ok(passed('train').includes('data'));
  for (const name of ['cpu', 'memory']) {
    assert.ok(!passed('train').includes(name));
    assert.ok(passed('fairness-audit').includes(name));
  }
});

test('the object store is told as the values say', () => {
  assert.deepEqual(one(full, 'ConfigMap/primum-object-store').data, { endpoint: 'https://s3.example.org', region: 'us-east-1', patience: 'PT30S' });
  assert.equal(standard.filter((object) => id(object) === 'ConfigMap/primum-object-store').length, 0);
});

test("a step's own place wins over that of all", () => {
  assert.deepEqual(template(full, 'train').tolerations, [{ key: 'dedicated', operator: 'Equal', value: 'training', effect: 'NoSchedule' }]);
  assert.deepEqual(template(full, 'gate').tolerations, [{ key: 'dedicated', operator: 'Exists' }]);
  assert.deepEqual(template(full, 'shap-batch').nodeSelector, { pool: 'large' });
  assert.deepEqual(template(full, 'gate').nodeSelector, { 'kubernetes.io/arch': 'amd64' });
  assert.equal(template(full, 'shap-batch').priorityClassName, 'batch-low');
  assert.equal(template(full, 'gate').priorityClassName, 'batch');
  assert.ok(template(full, 'gate').affinity.podAntiAffinity);
});

test('credentials are names of Secrets, and keys are in no other object', () => {
  assert.equal(standardOf(template(full, 'train').inputs, 'credentials'), 'hospital-s3');
  assert.equal(standardOf(template(full, 'promote').inputs, 'credentials'), 'primum-registry');
  assert.equal(standardOf(template(full, 'rollback').inputs, 'credentials'), 'primum-registry');
  assert.equal(standardOf(template(full, 'dp-noise').inputs, 'credentials'), 'hospital-ledger');
  assert.deepEqual(one(full, 'Secret/primum-registry').stringData, { accessKey: 'promoter', secretKey: 'not-a-secret', sessionToken: 'not-a-token' });
  assert.equal(full.filter((object) => object.kind === 'Secret' && object.metadata.name === 'hospital-s3').length, 0);
  for (const object of full.filter(({ kind: name }) => name !== 'Secret')) assert.doesNotMatch(JSON.stringify(object), /not-a-secret|not-a-token/);
  assert.ok(kind(standard, 'Secret').every(({ type }) => type === 'kubernetes.io/service-account-token'));
});

test('the certificates of a private authority reach every step and the test', () => {
  const pods = [...templates(full).map(({ container, volumes }) => ({ containers: [container], volumes })), ...kind(full, 'Pod').map(({ spec }) => spec)];
  for (const { containers, initContainers, volumes } of pods) {
    assert.deepEqual(volumes.find(({ name }) => name === 'certificates').configMap, { name: 'hospital-ca', items: [{ key: 'bundle.pem', path: 'ca.crt' }] });
    for (const container of [...containers, ...(initContainers ?? [])]) {
      assert.equal(container.env.find(({ name }) => name === 'SSL_CERT_FILE').value, '/etc/primum/certificates/ca.crt');
      assert.equal(container.env.find(({ name }) => name === 'JAVA_TOOL_OPTIONS').value, '-Xss2m');
      assert.ok(container.volumeMounts.some(({ mountPath }) => mountPath === '/etc/primum/certificates'));
    }
  }
});

test('metrics can be switched off', () => {
  assert.ok(templates(standard).every(({ metrics }) => metrics.prometheus.length > 0));
  assert.ok(templates(full).every((each) => !('metrics' in each)));
});

test('ServiceAccounts carry pull secrets and cloud identities', () => {
  for (const account of kind(full, 'ServiceAccount')) {
    const role = account.metadata.name === 'primum-promote' ? 'promoter' : 'steps';
    assert.deepEqual(account.imagePullSecrets, [{ name: 'hospital-registry' }]);
    assert.equal(account.metadata.annotations['eks.amazonaws.com/role-arn'], `arn:aws:iam::111122223333:role/${role}`);
    assert.equal(account.automountServiceAccountToken, false);
  }
});

test('the prefix is the default of registry, ledger and log, and a named parameter wins', () => {
  const { parameters } = one(full, 'WorkflowTemplate/primum-release-v1').spec.arguments;
  const value = (name) => parameters.find((parameter) => parameter.name === name).value;
  assert.equal(value('registry'), 's3://models/primum/registry');
  assert.equal(value('ledger'), 's3://models/primum/ledger');
  assert.equal(value('log'), 's3://audit/log');
  assert.equal(value('name'), 'readmission');
});

test('the network policy names the two addresses and what was added', () => {
  const { egress } = one(full, 'NetworkPolicy/primum').spec;
  assert.deepEqual(egress.slice(1), [
    { to: [{ ipBlock: { cidr: '10.0.7.20/32' } }], ports: [{ protocol: 'TCP', port: 9000 }] },
    { to: [{ ipBlock: { cidr: '10.96.0.1/32' } }], ports: [{ protocol: 'TCP', port: 443 }] },
    { to: [{ ipBlock: { cidr: '10.0.9.0/24' } }] },
  ]);
  const { matchLabels } = one(full, 'NetworkPolicy/primum').spec.podSelector;
  for (const [key, value] of Object.entries(matchLabels)) {
    for (const each of templates(full)) assert.equal(each.metadata.labels[key], value);
    for (const pod of kind(full, 'Pod')) assert.equal(pod.metadata.labels[key], value);
  }
});

test("the artifact repository is the namespace's default", () => {
  const map = one(full, 'ConfigMap/artifact-repositories');
  assert.equal(map.metadata.annotations['workflows.argoproj.io/default-artifact-repository'], 'primum');
  const { s3, archiveLogs } = YAML.parse(map.data.primum);
  assert.equal(archiveLogs, false);
  assert.deepEqual(s3, {
    bucket: 'artifacts', endpoint: 's3.example.org:443', region: 'us-east-1', insecure: true,
    accessKeySecret: { name: 'hospital-s3', key: 'accessKey' }, secretKeySecret: { name: 'hospital-s3', key: 'secretKey' },
    keyFormat: 'primum-logs/{{workflow.namespace}}/{{workflow.uid}}/{{pod.name}}',
  });
  // A workflow that says true would win over a repository that says false.
  assert.ok(kind(full, 'WorkflowTemplate').every(({ spec }) => spec.archiveLogs === false));
  assert.ok(kind(standard, 'WorkflowTemplate').every(({ spec }) => spec.archiveLogs === true));
  assert.equal(kind(standard, 'ConfigMap').filter(({ metadata }) => metadata.name === 'artifact-repositories').length, 0);
});

test('common labels are on every object, and push out none', () => {
  for (const object of full.filter((each) => !isTest(each))) {
    assert.equal(object.metadata.labels['hospital.example/cost-center'], 'research', id(object));
    assert.equal(object.metadata.labels['app.kubernetes.io/managed-by'], 'Helm', id(object));
  }
});

test('the test is a promotion where a store is given, and else ends at the gate', () => {
  const steps = (objects) => kind(objects, 'Pod').flatMap(({ spec }) => [...spec.initContainers, ...spec.containers]).map(({ name }) => name);
  assert.deepEqual(steps(standard), ['version', 'cohort', 'train', 'gate']);
  assert.deepEqual(steps(full), ['version', 'cohort', 'train', 'gate', 'promote']);
  for (const { spec } of [...kind(standard, 'Pod'), ...kind(full, 'Pod')]) {
    for (const container of [...spec.initContainers, ...spec.containers]) {
      assert.deepEqual(container.securityContext, { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
      assert.doesNotMatch(JSON.stringify(container), /\{\{/);
    }
  }
  const promote = kind(full, 'Pod')[0].spec.containers[0];
  assert.equal(promote.env.find(({ name }) => name === 'AWS_ACCESS_KEY_ID').valueFrom.secretKeyRef.name, 'primum-registry');
});

test('tenants have everything in their own namespaces, and the templates are there once', () => {
  const namespaced = (namespace) => tenants.filter(({ metadata }) => metadata.namespace === namespace).map(id).sort();
  const names = new Set(standard.filter(({ kind: name }) => name !== 'ClusterWorkflowTemplate').map(id));
  const [cardiology, oncology] = ['cardiology', 'oncology-ml'].map(namespaced);
  for (const name of names) {
    assert.ok(cardiology.includes(name), `${name} of cardiology`);
    if (!/^ConfigMap\//.test(name)) assert.ok(oncology.includes(name), `${name} of oncology`);
  }
  assert.deepEqual([...new Set(tenants.map(({ metadata }) => metadata.namespace))].sort(), ['cardiology', 'oncology-ml', undefined]);
  assert.equal(kind(tenants, 'ClusterWorkflowTemplate').length, kind(standard, 'ClusterWorkflowTemplate').length);
  assert.equal(new Set(tenants.map((object) => `${object.metadata.namespace}/${id(object)}`)).size, tenants.length);
});

test('a tenant has its own settings, and what it leaves out is as for all', () => {
  const endpoint = (namespace) => one(tenants, 'ConfigMap/primum-object-store', namespace).data.endpoint;
  assert.equal(endpoint('cardiology'), 'https://s3.example.org');
  assert.equal(endpoint('oncology-ml'), 'https://s3.oncology.example.org');
  const registry = (namespace) => one(tenants, 'WorkflowTemplate/primum-release-v1', namespace).spec.arguments.parameters.find(({ name }) => name === 'registry').value;
  assert.equal(registry('cardiology'), 's3://cardiology/primum/registry');
  assert.equal(registry('oncology-ml'), undefined);
  assert.match(one(tenants, 'ConfigMap/primum-gate-policy', 'cardiology').data['policy.yaml'], /min: 0\.8\b/);
  assert.deepEqual(kind(tenants, 'NetworkPolicy').map(({ metadata }) => metadata.namespace), ['oncology-ml']);
  assert.deepEqual(tenants.filter((object) => id(object) === 'Secret/primum-object-store').map(({ metadata }) => metadata.namespace), ['cardiology']);
  assert.equal(one(tenants, 'ServiceAccount/primum-train', 'oncology-ml').metadata.annotations, undefined);
  assert.equal(one(tenants, 'Namespace/cardiology').metadata.labels['pod-security.kubernetes.io/enforce'], 'restricted');
  assert.equal(kind(tenants, 'Namespace').length, 1);
  assert.equal(YAML.parse(one(tenants, 'ConfigMap/artifact-repositories', 'cardiology').data.primum).s3.useSDKCreds, true);
});
