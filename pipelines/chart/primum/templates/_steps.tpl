{{- /* Changes templates as the values ask. Takes root and templates; leaves its marks in place and prints nothing. */ -}}
{{- define "primum.adapt" -}}
{{- $root := .root -}}
{{- range $template := .templates -}}
{{- if not $root.Values.metrics.enabled -}}{{- $_ := unset $template "metrics" -}}{{- end -}}
{{- if $template.container -}}
{{- $step := get $root.Values.steps $template.name | default dict -}}
{{- include "primum.container" (dict "root" $root "container" $template.container "template" $template) -}}
{{- include "primum.defaults" (dict "root" $root "step" $step "template" $template) -}}
{{- include "primum.placement" (dict "root" $root "step" $step "template" $template) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Image, and the certificates of a private authority. */ -}}
{{- define "primum.container" -}}
{{- $_ := set .container "image" (include "primum.image" .root) -}}
{{- with .root.Values.image.pullPolicy -}}{{- $_ := set $.container "imagePullPolicy" . -}}{{- end -}}
{{- with .root.Values.certificates -}}
{{- if .configMap -}}
{{- $volume := dict "name" "certificates" "configMap" (dict "name" .configMap "items" (list (dict "key" .key "path" "ca.crt"))) -}}
{{- $mount := dict "name" "certificates" "mountPath" "/etc/primum/certificates" "readOnly" true -}}
{{- $variable := dict "name" "SSL_CERT_FILE" "value" "/etc/primum/certificates/ca.crt" -}}
{{- $_ := set $.template "volumes" (append ($.template.volumes | default list) $volume) -}}
{{- $_ := set $.container "volumeMounts" (append ($.container.volumeMounts | default list) $mount) -}}
{{- $_ := set $.container "env" (append ($.container.env | default list) $variable) -}}
{{- end -}}
{{- end -}}
{{- with .root.Values.extraEnv -}}
{{- $_ := set $.container "env" (concat ($.container.env | default list) .) -}}
{{- end -}}
{{- end -}}

{{- /* Defaults of the parameters cpu, memory, deadline-seconds and credentials. */ -}}
{{- define "primum.defaults" -}}
{{- $names := include "primum.secretNames" .root | fromYaml -}}
{{- range $parameter := (.template.inputs | default dict).parameters -}}
{{- $value := get (dict "cpu" $.step.cpu "memory" $.step.memory "deadline-seconds" $.step.deadlineSeconds) $parameter.name -}}
{{- with $value -}}{{- $_ := set $parameter "default" (ternary . (int64 . | toString) (kindIs "string" .)) -}}{{- end -}}
{{- if eq $parameter.name "credentials" -}}
{{- range $use, $name := $names -}}
{{- if eq $parameter.default $name -}}
{{- $_ := set $parameter "default" (include "primum.secret" (dict "root" $.root "use" $use)) -}}
{{- break -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Where the pods of a template run: the step's own setting, else the one for all. */ -}}
{{- define "primum.placement" -}}
{{- range $field := list "nodeSelector" "tolerations" "affinity" "priorityClassName" -}}
{{- with (get $.step $field | default (get $.root.Values $field)) -}}{{- $_ := set $.template $field . -}}{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Other defaults of a workflow's parameters. Takes object and tenant. */ -}}
{{- define "primum.arguments" -}}
{{- $name := .object.metadata.name -}}
{{- $parameters := (.object.spec.arguments | default dict).parameters | default list -}}
{{- with .tenant.registryPrefix -}}
{{- range $parameters -}}
{{- if has .name (list "registry" "ledger" "log") -}}{{- $_ := set . "value" (printf "%s/%s" $.tenant.registryPrefix .name) -}}{{- end -}}
{{- end -}}
{{- end -}}
{{- range $parameter, $value := get .tenant.workflows.parameters $name | default dict -}}
{{- $found := false -}}
{{- range $parameters -}}
{{- if eq .name $parameter -}}{{- $found = true -}}{{- $_ := set . "value" $value -}}{{- end -}}
{{- end -}}
{{- if not $found -}}
{{- $names := list -}}{{- range $parameters -}}{{- $names = append $names .name -}}{{- end -}}
{{- fail (printf "workflows.parameters.%s: there is no parameter %s; there are %s" $name $parameter ($names | sortAlpha | join ", ")) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /*
A cpu or memory that the values give for a step counts in our workflows too: the task then passes none of its own, and
the template's default holds. Takes root and templates.
*/ -}}
{{- define "primum.sizes" -}}
{{- range .templates -}}
{{- $tasks := (.dag | default dict).tasks | default list -}}
{{- range .steps -}}{{- $tasks = concat $tasks . -}}{{- end -}}
{{- range $task := $tasks -}}
{{- $step := (.templateRef | default dict).name | default "" | trimPrefix "primum-" | trimSuffix "-v1" -}}
{{- $given := pick (get $.root.Values.steps $step | default dict) "cpu" "memory" -}}
{{- if $given -}}
{{- $kept := list -}}
{{- range $task.arguments.parameters -}}
{{- if not (hasKey $given .name) -}}{{- $kept = append $kept . -}}{{- end -}}
{{- end -}}
{{- $_ := set $task.arguments "parameters" $kept -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* One place that pods may reach. Takes name, of the value, and peer. */ -}}
{{- define "primum.reach" -}}
to:
- ipBlock:
    cidr: {{ required (printf "networkPolicy.enabled needs networkPolicy.%s.cidr" .name) .peer.cidr }}
ports:
- protocol: TCP
  port: {{ .peer.port }}
{{- end -}}
