// Command argo-lint is "argo lint --offline" for files of Argo's and other Kubernetes objects. Unlike
// it, it refuses a document that cannot be read instead of passing it over.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/argoproj/argo-workflows/v4/cmd/argo/commands/client"
	"github.com/argoproj/argo-workflows/v4/cmd/argo/lint"
	"github.com/argoproj/argo-workflows/v4/pkg/apis/workflow"
	"github.com/argoproj/argo-workflows/v4/util/logging"
	"sigs.k8s.io/yaml"
)

var (
	kinds     = []string{workflow.WorkflowKind, workflow.WorkflowTemplateKind, workflow.CronWorkflowKind, workflow.ClusterWorkflowTemplateKind}
	plurals   = []string{workflow.WorkflowPlural, workflow.WorkflowTemplatePlural, workflow.CronWorkflowPlural, workflow.ClusterWorkflowTemplatePlural}
	separator = regexp.MustCompile(`(^|\n)---[^\n]*`)
	comments  = regexp.MustCompile(`(?m)^\s*(#.*)?$`)
)

func main() {
	output := flag.String("output", "pretty", "pretty or simple")
	flag.Parse()
	refused, ours := read(flag.Args())
	for _, reason := range refused {
		fmt.Fprintln(os.Stderr, reason)
	}
	if len(refused) > 0 {
		os.Exit(1)
	}
	if len(ours) == 0 {
		return
	}
	if err := run(ours, *output); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// read gives what cannot be read, and the files that hold objects of Argo's.
func read(files []string) (refused, ours []string) {
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			refused = append(refused, err.Error())
			continue
		}
		holds := false
		for i, text := range separator.Split(string(body), -1) {
			if strings.TrimSpace(comments.ReplaceAllString(text, "")) == "" {
				continue
			}
			argo, err := check(text)
			if err != nil {
				refused = append(refused, fmt.Sprintf("%s: document %d: %v", file, i+1, err))
			}
			holds = holds || argo
		}
		if holds {
			ours = append(ours, file)
		}
	}
	return refused, ours
}

// check tells whether a document is one of Argo's kinds; that it is a right one is for Argo to say.
func check(text string) (bool, error) {
	var object struct {
		APIVersion string `json:"apiVersion"`
		Kind       string `json:"kind"`
	}
	if _, err := yaml.YAMLToJSONStrict([]byte(text)); err != nil {
		return false, err
	}
	if err := yaml.Unmarshal([]byte(text), &object); err != nil {
		return false, err
	}
	if object.APIVersion == "" || object.Kind == "" {
		return false, fmt.Errorf("apiVersion or kind is missing")
	}
	if !strings.HasPrefix(object.APIVersion, workflow.Group+"/") {
		return false, nil
	}
	if object.APIVersion != workflow.APIVersion || !slices.Contains(kinds, object.Kind) {
		return false, fmt.Errorf("%s %s is not a kind that can be linted: %s %s", object.APIVersion, object.Kind, workflow.APIVersion, strings.Join(kinds, ", "))
	}
	return true, nil
}

func run(files []string, output string) error {
	ctx := logging.WithLogger(context.Background(), logging.NewSlogLogger(logging.Warn, logging.Text))
	client.Offline, client.OfflineFiles = true, files
	ctx, api, err := client.NewAPIClient(ctx)
	if err != nil {
		return err
	}
	// objects without a namespace belong together: that of the templates is "" too
	return lint.RunLint(ctx, api, plurals, output, true, lint.LintOptions{
		Files: files, Strict: true, Printer: os.Stdout,
	})
}
