{{- /*
The policies of a tenant as JSON {"policies": [{object, key, value, example}]}: the examples of files/namespaced/policies, and in
their place what the values give under policies.<step>.<policy>. Takes root and policies.
*/ -}}
{{- define "primum.policies" -}}
{{- $policies := list -}}
{{- range $path, $_ := .root.Files.Glob "files/namespaced/policies/*.yaml" -}}
{{- range $object := (include "primum.documents" (dict "root" $.root "path" $path) | fromJson).documents -}}
{{- $key := keys $object.data | first -}}
{{- $policy := trimSuffix ".yaml" $key -}}
{{- $step := $object.metadata.name | trimPrefix "primum-" | trimSuffix (printf "-%s" $policy) -}}
{{- $given := get (get $.policies $step | default dict) $policy -}}
{{- if $given -}}{{- $_ := set $object.data $key $given -}}{{- end -}}
{{- $policies = append $policies (dict "object" $object "value" (printf "policies.%s.%s" $step $policy) "example" (not $given)) -}}
{{- end -}}
{{- end -}}
{{- dict "policies" $policies | toJson -}}
{{- end -}}
