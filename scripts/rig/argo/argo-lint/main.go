// Command argo-lint is "argo lint --offline" as a plain dependency of the published module.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strings"

	"github.com/argoproj/argo-workflows/v4/cmd/argo/commands/client"
	"github.com/argoproj/argo-workflows/v4/cmd/argo/lint"
	wf "github.com/argoproj/argo-workflows/v4/pkg/apis/workflow"
	"github.com/argoproj/argo-workflows/v4/util/logging"
)

func main() {
	kinds := flag.String("kinds", strings.Join([]string{wf.WorkflowPlural, wf.WorkflowTemplatePlural, wf.CronWorkflowPlural, wf.ClusterWorkflowTemplatePlural}, ","), "kinds to lint")
	output := flag.String("output", "pretty", "pretty or simple")
	offline := flag.Bool("offline", true, "resolve references from the given files only")
	flag.Parse()
	ctx := logging.WithLogger(context.Background(), logging.NewSlogLogger(logging.Warn, logging.Text))
	client.Offline, client.OfflineFiles = *offline, flag.Args()
	ctx, api, err := client.NewAPIClient(ctx)
	if err == nil {
		err = lint.RunLint(ctx, api, strings.Split(*kinds, ","), *output, *offline, lint.LintOptions{
			Files: flag.Args(), Strict: true, DefaultNamespace: "default", Printer: os.Stdout,
		})
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
