// Renders templates as Grafana does: alert rules' annotations (ngalert/state/template: Prometheus' template functions,
// $labels, $values and $value, missingkey=invalid), and the notification templates of contact points. Standard input:
// {"externalURL": "...", "annotations": [{"name", "text", "labels", "values"}], "notification": {"text", "use", "data"}}.
// Standard output: {"annotations": [{"name", "text", "error"}], "notifications": {"name": "text"}, "error"}.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"net/url"
	"os"
	"regexp"
	"strings"
	"text/template"
	"time"
)

type value struct {
	Labels map[string]string
	Value  float64
}

type annotation struct {
	Name   string
	Text   string
	Labels map[string]string
	Values map[string]value
}

type alert struct {
	Annotations map[string]string
	StartsAt    time.Time
}

type alerts []alert

type notification struct {
	Text     string
	Use      []string
	Firing   []map[string]string
	Resolved []map[string]string
}

type question struct {
	ExternalURL  string
	Annotations  []annotation
	Notification notification
}

type rendered struct {
	Name  string `json:"name"`
	Text  string `json:"text"`
	Error string `json:"error"`
}

type answer struct {
	Annotations   []rendered        `json:"annotations"`
	Notifications map[string]string `json:"notifications"`
	Error         string            `json:"error"`
}

func humanizeDuration(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return fmt.Sprintf("%.4g", v)
	}
	if math.Abs(v) < 1 {
		return fmt.Sprintf("%.4gs", v)
	}
	seconds := int64(v)
	text := ""
	for _, unit := range []struct {
		size int64
		name string
	}{{86400, "d "}, {3600, "h "}, {60, "m "}} {
		if count := seconds / unit.size; count > 0 || text != "" {
			text += fmt.Sprintf("%d%s", count, unit.name)
		}
		seconds %= unit.size
	}
	return fmt.Sprintf("%s%ds", text, seconds)
}

// The functions that annotations of ours may use, by the names and types that Prometheus gives them. Another one is an
// error here, and wants to be looked up there first.
func functions(externalURL *url.URL) template.FuncMap {
	return template.FuncMap{
		"externalURL":        func() string { return externalURL.String() },
		"pathPrefix":         func() string { return externalURL.Path },
		"humanize":           func(v float64) string { return fmt.Sprintf("%.4g", v) },
		"humanizePercentage": func(v float64) string { return fmt.Sprintf("%.4g%%", v*100) },
		"humanizeDuration":   humanizeDuration,
		"reReplaceAll": func(pattern, replacement, text string) string {
			return regexp.MustCompile(pattern).ReplaceAllString(text, replacement)
		},
	}
}

func expand(a annotation, externalURL *url.URL) (string, error) {
	text := "{{- $labels := .Labels -}}{{- $values := .Values -}}{{- $value := .Value -}}" + a.Text
	parsed, err := template.New(a.Name).Option("missingkey=invalid").Funcs(functions(externalURL)).Parse(text)
	if err != nil {
		return "", err
	}
	data := struct {
		Labels map[string]string
		Values map[string]value
		Value  string
	}{a.Labels, a.Values, "[ var='A' labels={} value=1 ]"}
	var out bytes.Buffer
	err = parsed.Execute(&out, data)
	return strings.ReplaceAll(out.String(), "<no value>", "[no value]"), err
}

func toAlerts(all []map[string]string) alerts {
	made := alerts{}
	for _, annotations := range all {
		made = append(made, alert{annotations, time.Date(2026, 11, 28, 9, 30, 0, 0, time.UTC)})
	}
	return made
}

func notify(n notification) (map[string]string, error) {
	parsed, err := template.New("").Option("missingkey=zero").Parse(n.Text)
	if err != nil {
		return nil, err
	}
	type groups struct{ Firing, Resolved alerts }
	data := struct {
		Status            string
		Alerts            groups
		CommonAnnotations map[string]string
	}{"resolved", groups{toAlerts(n.Firing), toAlerts(n.Resolved)}, map[string]string{}}
	if len(n.Firing) > 0 {
		data.Status, data.CommonAnnotations = "firing", n.Firing[0]
	}
	texts := map[string]string{}
	for _, name := range n.Use {
		var out bytes.Buffer
		if err := parsed.ExecuteTemplate(&out, name, data); err != nil {
			return nil, err
		}
		texts[name] = out.String()
	}
	return texts, nil
}

func main() {
	var asked question
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		panic(err)
	}
	externalURL, err := url.Parse(asked.ExternalURL)
	if err != nil {
		panic(err)
	}
	told := answer{Annotations: []rendered{}}
	for _, one := range asked.Annotations {
		text, err := expand(one, externalURL)
		result := rendered{one.Name, text, ""}
		if err != nil {
			result.Error = err.Error()
		}
		told.Annotations = append(told.Annotations, result)
	}
	if told.Notifications, err = notify(asked.Notification); err != nil {
		told.Error = err.Error()
	}
	if err := json.NewEncoder(os.Stdout).Encode(told); err != nil {
		panic(err)
	}
}
