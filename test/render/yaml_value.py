#!/usr/bin/env python3
"""What PyYAML reads at a place of a YAML stream, or Python's json of a JSON text.

Reads one JSON object a line, {"text": ..., "path": ["jobs", "build", "steps", 0, "run"], "document": 0, "format": "yaml" | "json"}, and answers with
one a line: {"value": ...} or {"error": ...}. Tags that it does not know (`!Ref`, `!reference`) are read as what they stand before.
"""
import json
import sys

import yaml


class Loader(yaml.SafeLoader):
    """SafeLoader that takes any tag."""


def tagged(loader, _, node):
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_mapping(node, deep=True)


Loader.add_multi_constructor("!", tagged)


def value(question):
    if question.get("format") == "json":
        tree = json.loads(question["text"])
    else:
        tree = list(yaml.load_all(question["text"], Loader=Loader))[question.get("document", 0)]
    for key in question["path"]:
        tree = tree[key]
    return tree


def main():
    for line in sys.stdin:
        try:
            answer = {"value": value(json.loads(line))}
        except Exception as error:  # whatever is wrong is an answer too
            answer = {"error": "%s: %s" % (type(error).__name__, error)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
