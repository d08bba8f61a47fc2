// Decodes Tekton objects strictly and validates them as Tekton's admission webhook does.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"

	v1 "github.com/tektoncd/pipeline/pkg/apis/pipeline/v1"
	"knative.dev/pkg/apis"
	"sigs.k8s.io/json"
	"sigs.k8s.io/yaml"
)

type object interface {
	SetDefaults(context.Context)
	Validate(context.Context) *apis.FieldError
}

func main() {
	failed := false
	for _, file := range os.Args[1:] {
		text, err := os.ReadFile(file)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		for i, document := range bytes.Split(text, []byte("\n---\n")) {
			if err := check(document); err != nil {
				fmt.Fprintf(os.Stderr, "%s, object %d: %v\n", file, i+1, err)
				failed = true
			}
		}
	}
	if failed {
		os.Exit(1)
	}
}

func check(document []byte) error {
	var head struct {
		APIVersion string `json:"apiVersion"`
		Kind       string `json:"kind"`
	}
	if err := yaml.Unmarshal(document, &head); err != nil {
		return err
	}
	if head.APIVersion != "tekton.dev/v1" {
		return fmt.Errorf("apiVersion: got %q, want tekton.dev/v1", head.APIVersion)
	}
	var o object
	switch head.Kind {
	case "Task":
		o = &v1.Task{}
	case "Pipeline":
		o = &v1.Pipeline{}
	case "PipelineRun":
		o = &v1.PipelineRun{}
	default:
		return fmt.Errorf("kind: got %q, want Task, Pipeline or PipelineRun", head.Kind)
	}
	// As an API server reads it: keys are told apart by case, and unknown or doubled ones are errors.
	text, err := yaml.YAMLToJSONStrict(document)
	if err != nil {
		return err
	}
	unknown, err := json.UnmarshalStrict(text, o)
	if err := errors.Join(append(unknown, err)...); err != nil {
		return err
	}
	ctx := context.Background()
	o.SetDefaults(ctx)
	if err := o.Validate(ctx); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%s: valid\n", head.Kind)
	return nil
}
