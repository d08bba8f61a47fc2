{{- /*
The files under files/ are those of steps/ and pipelines/ in the source. They are read as data and
changed as data, never rendered as templates: the {{…}} in them belongs to Argo.
*/ -}}

{{- /* The image of every step: a digest wins over a tag. */ -}}
{{- define "primum.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (.Values.image.tag | default .Chart.AppVersion) -}}
{{- end -}}
{{- end -}}

{{- /* What Helm and people find our objects by, as YAML. */ -}}
{{- define "primum.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name (.Chart.Version | replace "+" "_") }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- /* One object as a YAML document. Takes root, object and, where it has one, namespace. */ -}}
{{- define "primum.emit" -}}
{{- $metadata := .object.metadata -}}
{{- $_ := set $metadata "labels" (merge (include "primum.labels" .root | fromYaml) ($metadata.labels | default dict) (dict "app.kubernetes.io/part-of" "primum") .root.Values.commonLabels) -}}
{{- with .namespace -}}{{- $_ := set $metadata "namespace" . -}}{{- end }}
---
{{ toYaml .object }}
{{- end -}}

{{- /* The objects of a file, as JSON {"documents": […]}. Takes root and path. */ -}}
{{- define "primum.documents" -}}
{{- $documents := list -}}
{{- range regexSplit "(?m)^---[ \\t]*$" (.root.Files.Get .path) -1 -}}
{{- $object := fromYaml . -}}
{{- if hasKey $object "kind" -}}
{{- $documents = append $documents $object -}}
{{- else if hasKey $object "Error" -}}
{{- fail (printf "%s: %s" $.path $object.Error) -}}
{{- end -}}
{{- end -}}
{{- dict "documents" $documents | toJson -}}
{{- end -}}

{{- /*
Who gets the namespaced part, as JSON {"tenants": […]}: the tenants of the values, each completed with the values
outside tenants, or without any the namespace of the release.
*/ -}}
{{- define "primum.tenants" -}}
{{- $shared := pick .Values "artifactRepository" "credentials" "imagePullSecrets" "networkPolicy" "objectStore" "policies" "registryPrefix" "serviceAccounts" "workflows" -}}
{{- $tenants := list -}}
{{- $seen := dict -}}
{{- range .Values.tenants -}}
{{- $namespace := .namespace | default .name -}}
{{- if hasKey $seen $namespace -}}
{{- fail (printf "tenants: %s and %s share the namespace %s; give each its own" (get $seen $namespace) .name $namespace) -}}
{{- end -}}
{{- $_ := set $seen $namespace .name -}}
{{- $tenant := deepCopy $shared -}}
{{- include "primum.overlay" (dict "under" $tenant "over" .) -}}
{{- $tenants = append $tenants (set $tenant "namespace" $namespace) -}}
{{- end -}}
{{- if not $tenants -}}
{{- $tenants = list (merge (dict "name" "" "namespace" .Release.Namespace) (deepCopy $shared)) -}}
{{- end -}}
{{- dict "tenants" $tenants | toJson -}}
{{- end -}}

{{- /* Writes over into under, key by key; unlike mergeOverwrite it takes false and "" for what they are. Prints nothing. */ -}}
{{- define "primum.overlay" -}}
{{- range $key, $value := .over -}}
{{- if and (kindIs "map" $value) (kindIs "map" (get $.under $key)) -}}
{{- include "primum.overlay" (dict "under" (get $.under $key) "over" $value) -}}
{{- else -}}
{{- $_ := set $.under $key $value -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* The Secret that holds credentials. Takes root and use: objectStore, registry, ledger or log. */ -}}
{{- define "primum.secret" -}}
{{- (get .root.Values.credentials .use).existingSecret | default (get (include "primum.secretNames" . | fromYaml) .use) -}}
{{- end -}}

{{- define "primum.secretNames" -}}
objectStore: primum-object-store
registry: primum-registry
ledger: primum-ledger
log: primum-log
{{- end -}}
