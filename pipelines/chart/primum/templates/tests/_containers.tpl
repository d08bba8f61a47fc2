{{- /*
A container of the test's pod: that of a step's own template with the parameters at their defaults, so that what the
test proves is what workflows run. Takes root, step, name and args.
*/ -}}
{{- define "primum.testContainer" -}}
{{- $path := printf "files/cluster/%s.yaml" .step -}}
{{- $object := (include "primum.documents" (dict "root" .root "path" $path) | fromJson).documents | first -}}
{{- include "primum.adapt" (dict "root" .root "templates" $object.spec.templates) -}}
{{- $template := first $object.spec.templates -}}
{{- $text := toJson $template.container -}}
{{- range $template.inputs.parameters -}}
{{- $text = replace (printf "{{inputs.parameters.%s}}" .name) (.default | default "") $text -}}
{{- end -}}
{{- $container := replace "{{workflow.uid}}" "helm-test" $text | fromJson -}}
{{- $mounts := list (dict "name" "test" "mountPath" "/etc/primum/test" "readOnly" true) -}}
{{- range $container.volumeMounts -}}
{{- if has .name (list "work" "tmp" "certificates") -}}{{- $mounts = append $mounts . -}}{{- end -}}
{{- end -}}
{{- $resources := dict "requests" (dict "cpu" "100m" "memory" "512Mi") "limits" (dict "memory" "1Gi") -}}
{{- merge (dict "name" .name "args" .args "volumeMounts" $mounts "resources" $resources) $container | toJson -}}
{{- end -}}

{{- /* The test's containers in their order, as JSON {"containers": […]}: a release train in small. Takes root. */ -}}
{{- define "primum.testContainers" -}}
{{- $store := .root.Values.test.store -}}
{{- $cohort := ternary (printf "%s/cohort.parquet" $store) "/primum/cohort.parquet" (ne $store "") -}}
{{- $evidence := list "--policy=/etc/primum/test/policy.yaml" "--model=/primum/train/model" "--evidence=/primum/train" -}}
{{- $runs := list
  (list "train" "version" (list "--version"))
  (list "train" "cohort" (list "cohort" "--patients=500" (printf "--output=%s" $cohort) "--overwrite"))
  (list "train" "train" (list "train" (printf "--data=%s" $cohort) "--label=readmitted_30d" "--id=patient_id" "--sensitive=race,sex,age_band" "--learner=logistic-regression" "--output-dir=/primum/train"))
  (list "gate" "gate" (concat (list "gate") $evidence (list "--output-dir=/primum/gate"))) -}}
{{- if $store -}}
{{- $runs = append $runs (list "promote" "promote" (concat (list "promote" "--name=helm-test" (printf "--registry=%s/registry" $store)) $evidence (list "--output-dir=/primum/promote"))) -}}
{{- end -}}
{{- $containers := list -}}
{{- range $run := $runs -}}
{{- $containers = append $containers (include "primum.testContainer" (dict "root" $.root "step" (index $run 0) "name" (index $run 1) "args" (index $run 2)) | fromJson) -}}
{{- end -}}
{{- dict "containers" $containers | toJson -}}
{{- end -}}
