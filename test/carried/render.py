"""Renders what YAML, JSON, CloudFormation, cloud-init and MIME make of a file, with PyYAML and Python's own library.

Reads one JSON object a line, {"id": 1, "text": "...", "steps": [["cfn", "Resources", "I", "Properties", "UserData"]]}, and answers each with
{"id": 1, "value": "..."} or {"id": 1, "error": "..."}. Every step makes of the value what its first word says:

yaml, json   reads it and takes the value at the path behind
cfn          likewise, with the intrinsic functions as CloudFormation's documents give them: Fn::Base64 is left as the text that instances see,
             Fn::Sub replaces `${!` by `${`, Fn::Join joins
mime         takes the nth part of a multi-part message
runcmd       the script that cloud-init writes of a list of commands (cloudinit.util.shellify: a text is a line, a list is quoted), without the
             line `#!/bin/sh` in front, as the script is run by more shells here
lines        a list of lines as AWS-RunShellScript runs it: one script, joined by line ends
"""

import email
import json
import re
import sys

import yaml


class Loader(yaml.SafeLoader):
    """YAML 1.1 with the short form of CloudFormation's functions."""


def short_form(loader, suffix, node):
    name = suffix if suffix in ("Ref", "Condition") else "Fn::" + suffix
    if isinstance(node, yaml.ScalarNode):
        return {name: loader.construct_scalar(node)}
    if isinstance(node, yaml.SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    return {name: loader.construct_mapping(node, deep=True)}


Loader.add_multi_constructor("!", short_form)


def substituted(text, variables):
    def value(match):
        return str(variables[match.group(1)])

    return re.sub(r"\$\{([^!}][^}]*)\}", value, text).replace("${!", "${")


def evaluated(value):
    if isinstance(value, list):
        return [evaluated(each) for each in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        ((name, argument),) = value.items()
        if name == "Fn::Base64":
            return evaluated(argument)
        if name == "Fn::Sub":
            text, variables = (argument, {}) if isinstance(argument, str) else argument
            return substituted(text, evaluated(variables))
        if name == "Fn::Join":
            delimiter, items = argument
            return delimiter.join(str(each) for each in evaluated(items))
    return {key: evaluated(each) for key, each in value.items()}


def at(value, path):
    for key in path:
        value = value[key]
    return value


def quoted(argument):
    return "'" + argument.replace("'", "'\\''") + "'"


def script_of(commands):
    lines = [each if isinstance(each, str) else " ".join(quoted(str(word)) for word in each) for each in commands]
    return "".join(line + "\n" for line in lines)


def step(value, kind, *path):
    if kind == "json":
        return at(json.loads(value), path)
    if kind == "yaml":
        return at(yaml.load(value, Loader), path)
    if kind == "cfn":
        return evaluated(at(yaml.load(value, Loader), path))
    if kind == "mime":
        part = email.message_from_bytes(value.encode()).get_payload()[path[0]]
        return part.get_payload(decode=True).decode()
    if kind == "runcmd":
        return script_of(value)
    if kind == "lines":
        return "\n".join(value)
    raise ValueError(f"no such step: {kind}")


def main():
    for line in sys.stdin:
        asked = json.loads(line)
        answer = {"id": asked["id"]}
        try:
            value = asked["text"]
            for each in asked["steps"]:
                value = step(value, *each)
            answer["value"] = value
        except Exception as error:  # whatever a renderer says is told
            answer["error"] = f"{type(error).__name__}: {error}"
        print(json.dumps(answer))


main()
