// Calls one operation of the Go client that openapi-generator has written. Reads the call as JSON
// from stdin, and writes what the client gives back.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"reflect"
	"strings"

	chatwork "chatwork"
)

type call struct {
	BaseURL   string                     `json:"base_url"`
	Token     string                     `json:"token"`
	ID        string                     `json:"id"`
	Tag       string                     `json:"tag"`
	Order     []string                   `json:"order"`
	Path      map[string]json.RawMessage `json:"path"`
	Arguments map[string]json.RawMessage `json:"arguments"`
	File      *struct{ Field, Path string }
}

func main() {
	var c call
	check(json.NewDecoder(os.Stdin).Decode(&c))
	config := chatwork.NewConfiguration()
	config.Servers = chatwork.ServerConfigurations{{URL: c.BaseURL}}
	client := chatwork.NewAPIClient(config)
	keys := map[string]chatwork.APIKey{"ApiToken": {Key: c.Token}}
	ctx := context.WithValue(context.Background(), chatwork.ContextAPIKeys, keys)

	api := reflect.ValueOf(client).Elem().FieldByName(pascal(c.Tag) + "API")
	method := api.MethodByName(strings.ToUpper(c.ID[:1]) + c.ID[1:])
	arguments := []reflect.Value{reflect.ValueOf(ctx)}
	for _, name := range c.Order {
		arguments = append(arguments, value(c.Path[name], method.Type().In(len(arguments))))
	}
	request := method.Call(arguments)[0]
	for name, raw := range c.Arguments {
		if _, inPath := c.Path[name]; inPath {
			continue
		}
		set := request.MethodByName(pascal(name))
		request = set.Call([]reflect.Value{value(raw, set.Type().In(0))})[0]
	}
	if c.File != nil {
		file, err := os.Open(c.File.Path)
		check(err)
		set := request.MethodByName(pascal(c.File.Field))
		request = set.Call([]reflect.Value{reflect.ValueOf(file)})[0]
	}
	results := request.MethodByName("Execute").Call(nil)
	output := map[string]any{}
	if err, failed := results[len(results)-1].Interface().(error); failed {
		output["raised"] = "`" + strings.TrimPrefix(fmt.Sprintf("%T", err), "*") + "`"
		output["text"] = err.Error()
	} else if _, silent := results[0].Interface().(*http.Response); !silent {
		output["value"] = results[0].Interface()
	}
	check(json.NewEncoder(os.Stdout).Encode(output))
}

func value(raw json.RawMessage, kind reflect.Type) reflect.Value {
	target := reflect.New(kind)
	check(json.Unmarshal(raw, target.Interface()))
	return target.Elem()
}

func pascal(name string) string {
	words := strings.Split(name, "_")
	for i, word := range words {
		words[i] = strings.ToUpper(word[:1]) + word[1:]
	}
	return strings.Join(words, "")
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
