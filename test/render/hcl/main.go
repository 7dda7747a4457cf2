// Renders HCL with HashiCorp's own library, so that what EC2 Warden makes of a file can be held against it.
//
// Reads one JSON object a line from standard input and answers each with one on standard output:
//
//	{"id": 1, "text": "...", "path": ["resource", "aws_instance", "web", "user_data"], "variables": {"region": "eu-west-1"},
//	 "files": {"boot.sh.tftpl": "..."}, "json": false}
//	{"id": 2, "template": "echo ${name}", "variables": {"name": "x"}}
//	{"id": 3, "expression": "join(\"-\", [\"a\", var.b])", "variables": {"b": "x"}}
//
// A path names a block's type and labels, then what is in it; "#1" behind a block's labels is the second of several. Answers are
// {"id": 1, "value": ...}, with lists and objects as JSON has them, or {"id": 1, "error": "..."}.
package main

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	hcljson "github.com/hashicorp/hcl/v2/json"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
	ctyjson "github.com/zclconf/go-cty/cty/json"
)

type request struct {
	ID         json.RawMessage            `json:"id"`
	Text       *string                    `json:"text"`
	Template   *string                    `json:"template"`
	Expression *string                    `json:"expression"`
	Path       []string                   `json:"path"`
	Variables  map[string]json.RawMessage `json:"variables"`
	Files      map[string]string          `json:"files"`
	JSON       bool                       `json:"json"`
}

type answer struct {
	ID    json.RawMessage `json:"id"`
	Value json.RawMessage `json:"value,omitempty"`
	Error string          `json:"error,omitempty"`
}

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for {
		line, err := in.ReadBytes('\n')
		if len(strings.TrimSpace(string(line))) > 0 {
			var asked request
			result := answer{}
			if problem := json.Unmarshal(line, &asked); problem != nil {
				result.Error = problem.Error()
			} else {
				result = respond(asked)
			}
			if problem := encoder.Encode(result); problem != nil {
				fmt.Fprintln(os.Stderr, problem)
				os.Exit(1)
			}
			out.Flush()
		}
		if err == io.EOF {
			return
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func respond(asked request) answer {
	value, err := render(asked)
	if err != nil {
		return answer{ID: asked.ID, Error: err.Error()}
	}
	encoded, err := ctyjson.Marshal(value, value.Type())
	if err != nil {
		return answer{ID: asked.ID, Error: err.Error()}
	}
	return answer{ID: asked.ID, Value: encoded}
}

func render(asked request) (cty.Value, error) {
	variables, err := values(asked.Variables)
	if err != nil {
		return cty.NilVal, err
	}
	functions := functionsOver(asked.Files)
	start := hcl.Pos{Line: 1, Column: 1}
	switch {
	case asked.Template != nil:
		return template(*asked.Template, variables, functions)
	case asked.Expression != nil:
		expression, diags := hclsyntax.ParseExpression([]byte(*asked.Expression), "expression", start)
		if diags.HasErrors() {
			return cty.NilVal, diags
		}
		return evaluate(expression, &hcl.EvalContext{Variables: names(variables, nil), Functions: functions})
	case asked.Text != nil:
		var file *hcl.File
		var diags hcl.Diagnostics
		if asked.JSON {
			file, diags = hcljson.Parse([]byte(*asked.Text), "main.tf.json")
		} else {
			file, diags = hclsyntax.ParseConfig([]byte(*asked.Text), "main.tf", start)
		}
		if diags.HasErrors() {
			return cty.NilVal, diags
		}
		if asked.JSON {
			return inJSON(file.Body, asked.Path, variables, functions)
		}
		body := file.Body.(*hclsyntax.Body)
		context := &hcl.EvalContext{Variables: names(defaults(body, variables), nil), Functions: functions}
		context.Variables = names(defaults(body, variables), localsOf(body, context))
		expression, err := find(body, asked.Path)
		if err != nil {
			return cty.NilVal, err
		}
		return evaluate(expression, context)
	}
	return cty.NilVal, errors.New("neither text, template nor expression")
}

func evaluate(expression hcl.Expression, context *hcl.EvalContext) (cty.Value, error) {
	value, diags := expression.Value(context)
	if diags.HasErrors() {
		return cty.NilVal, diags
	}
	if !value.IsWhollyKnown() {
		return cty.NilVal, errors.New("not wholly known")
	}
	return value, nil
}

func values(raw map[string]json.RawMessage) (map[string]cty.Value, error) {
	result := map[string]cty.Value{}
	for name, text := range raw {
		kind, err := ctyjson.ImpliedType(text)
		if err != nil {
			return nil, err
		}
		value, err := ctyjson.Unmarshal(text, kind)
		if err != nil {
			return nil, err
		}
		result[name] = value
	}
	return result, nil
}

func object(values map[string]cty.Value) cty.Value {
	if len(values) == 0 {
		return cty.EmptyObjectVal
	}
	return cty.ObjectVal(values)
}

func names(variables, locals map[string]cty.Value) map[string]cty.Value {
	folder := cty.ObjectVal(map[string]cty.Value{"module": cty.StringVal("."), "root": cty.StringVal(".")})
	return map[string]cty.Value{"var": object(variables), "local": object(locals), "path": folder}
}

// defaults adds what the file's own variables are by default.
func defaults(body *hclsyntax.Body, given map[string]cty.Value) map[string]cty.Value {
	result := map[string]cty.Value{}
	for _, block := range body.Blocks {
		if block.Type != "variable" || len(block.Labels) != 1 {
			continue
		}
		if attribute, ok := block.Body.Attributes["default"]; ok {
			if value, diags := attribute.Expr.Value(nil); !diags.HasErrors() {
				result[block.Labels[0]] = value
			}
		}
	}
	for name, value := range given {
		result[name] = value
	}
	return result
}

// localsOf goes over the locals until no further one can be told.
func localsOf(body *hclsyntax.Body, context *hcl.EvalContext) map[string]cty.Value {
	result := map[string]cty.Value{}
	for round := 0; round < 10; round++ {
		before := len(result)
		variables := map[string]cty.Value{"local": object(result)}
		for name, value := range context.Variables {
			if name != "local" {
				variables[name] = value
			}
		}
		for _, block := range body.Blocks {
			if block.Type != "locals" {
				continue
			}
			for name, attribute := range block.Body.Attributes {
				value, diags := attribute.Expr.Value(&hcl.EvalContext{Variables: variables, Functions: context.Functions})
				if !diags.HasErrors() {
					result[name] = value
				}
			}
		}
		if len(result) == before {
			break
		}
	}
	return result
}

func find(body *hclsyntax.Body, path []string) (hcl.Expression, error) {
	if len(path) == 0 {
		return nil, errors.New("the path ends at a block")
	}
	if attribute, ok := body.Attributes[path[0]]; ok && len(path) == 1 {
		return attribute.Expr, nil
	}
	wanted := 0
	rest := -1
	for _, block := range body.Blocks {
		labels := len(block.Labels)
		if block.Type != path[0] || len(path) < 1+labels || !equal(block.Labels, path[1:1+labels]) {
			continue
		}
		rest = 1 + labels
		index := 0
		if rest < len(path) && strings.HasPrefix(path[rest], "#") {
			index, _ = strconv.Atoi(path[rest][1:])
			rest++
		}
		if wanted == index {
			return find(block.Body, path[rest:])
		}
		wanted++
	}
	return nil, fmt.Errorf("nothing at %s", strings.Join(path, "/"))
}

func equal(a, b []string) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return len(a) == len(b)
}

// inJSON takes the path as keys: there all is attributes until somebody says otherwise.
func inJSON(body hcl.Body, path []string, variables map[string]cty.Value, functions map[string]function.Function) (cty.Value, error) {
	attributes, diags := body.JustAttributes()
	if diags.HasErrors() {
		return cty.NilVal, diags
	}
	attribute, ok := attributes[path[0]]
	if !ok {
		return cty.NilVal, fmt.Errorf("nothing at %s", path[0])
	}
	value, err := evaluate(attribute.Expr, &hcl.EvalContext{Variables: names(variables, nil), Functions: functions})
	for _, key := range path[1:] {
		if err != nil {
			return cty.NilVal, err
		}
		if value.Type().IsTupleType() {
			index := 0
			if strings.HasPrefix(key, "#") {
				index, _ = strconv.Atoi(key[1:])
			}
			value = value.Index(cty.NumberIntVal(int64(index)))
			if strings.HasPrefix(key, "#") {
				continue
			}
		}
		if !value.Type().IsObjectType() || !value.Type().HasAttribute(key) {
			return cty.NilVal, fmt.Errorf("nothing at %s", key)
		}
		value = value.GetAttr(key)
	}
	return value, err
}

func template(text string, variables map[string]cty.Value, functions map[string]function.Function) (cty.Value, error) {
	expression, diags := hclsyntax.ParseTemplate([]byte(text), "template", hcl.Pos{Line: 1, Column: 1})
	if diags.HasErrors() {
		return cty.NilVal, diags
	}
	return evaluate(expression, &hcl.EvalContext{Variables: variables, Functions: functions})
}

func functionsOver(files map[string]string) map[string]function.Function {
	read := func(path string) (string, error) {
		if text, ok := files[strings.TrimPrefix(path, "./")]; ok {
			return text, nil
		}
		return "", fmt.Errorf("no file %s", path)
	}
	text := func(name string) function.Parameter { return function.Parameter{Name: name, Type: cty.String} }
	// What is encoded stays as it is: a test wants to see the script.
	same := function.New(&function.Spec{
		Params: []function.Parameter{text("text")},
		Type:   function.StaticReturnType(cty.String),
		Impl:   func(args []cty.Value, _ cty.Type) (cty.Value, error) { return args[0], nil },
	})
	result := map[string]function.Function{
		"join": stdlib.JoinFunc, "format": stdlib.FormatFunc, "formatlist": stdlib.FormatListFunc, "replace": stdlib.ReplaceFunc,
		"concat": stdlib.ConcatFunc, "merge": stdlib.MergeFunc, "lookup": stdlib.LookupFunc, "flatten": stdlib.FlattenFunc,
		"split": stdlib.SplitFunc, "chomp": stdlib.ChompFunc, "trimspace": stdlib.TrimSpaceFunc, "indent": stdlib.IndentFunc,
		"upper": stdlib.UpperFunc, "lower": stdlib.LowerFunc, "title": stdlib.TitleFunc, "substr": stdlib.SubstrFunc,
		"trim": stdlib.TrimFunc, "trimprefix": stdlib.TrimPrefixFunc, "trimsuffix": stdlib.TrimSuffixFunc,
		"jsonencode": stdlib.JSONEncodeFunc, "jsondecode": stdlib.JSONDecodeFunc, "compact": stdlib.CompactFunc,
		"distinct": stdlib.DistinctFunc, "element": stdlib.ElementFunc, "keys": stdlib.KeysFunc, "values": stdlib.ValuesFunc,
		"length": stdlib.LengthFunc, "coalesce": stdlib.CoalesceFunc, "contains": stdlib.ContainsFunc, "slice": stdlib.SliceFunc,
		"sort": stdlib.SortFunc, "reverse": stdlib.ReverseListFunc, "zipmap": stdlib.ZipmapFunc, "range": stdlib.RangeFunc,
		"toset": stdlib.MakeToFunc(cty.Set(cty.DynamicPseudoType)), "tolist": stdlib.MakeToFunc(cty.List(cty.DynamicPseudoType)),
		"tostring": stdlib.MakeToFunc(cty.String), "tonumber": stdlib.MakeToFunc(cty.Number),
		"min": stdlib.MinFunc, "max": stdlib.MaxFunc, "abs": stdlib.AbsoluteFunc, "ceil": stdlib.CeilFunc, "floor": stdlib.FloorFunc,
		"base64encode": same, "base64gzip": same,
		"base64decode": function.New(&function.Spec{
			Params: []function.Parameter{text("text")},
			Type:   function.StaticReturnType(cty.String),
			Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
				decoded, err := base64.StdEncoding.DecodeString(args[0].AsString())
				return cty.StringVal(string(decoded)), err
			},
		}),
		"file": function.New(&function.Spec{
			Params: []function.Parameter{text("path")},
			Type:   function.StaticReturnType(cty.String),
			Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
				content, err := read(args[0].AsString())
				return cty.StringVal(content), err
			},
		}),
	}
	result["templatefile"] = function.New(&function.Spec{
		Params: []function.Parameter{text("path"), {Name: "vars", Type: cty.DynamicPseudoType}},
		Type:   function.StaticReturnType(cty.String),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			content, err := read(args[0].AsString())
			if err != nil {
				return cty.NilVal, err
			}
			return template(content, args[1].AsValueMap(), result)
		},
	})
	return result
}
