"""Names of structured bindings that a lambda captures. GCC takes them; clang 14, which builds the fuzzers, does not. `&name = name` does in both."""
import re

BINDING = re.compile(r"\bauto\s*&{0,2}\s*\[([\w,\s]+)\]")
LAMBDA = re.compile(r"(?<![\w)\]])\[([^\[\]\n]*)\]\s*(\([^{};]*\))?\s*(?:mutable\s*|noexcept\s*|->[^{;]+)*\{")


def end_of_block(text, at):
    """Where the block ends in which `at` stands, or the text."""
    depth = 0
    for i in range(at, len(text)):
        depth += (text[i] == "{") - (text[i] == "}")
        if depth < 0:
            return i
    return len(text)


def end_of_loop(text, at):
    """Where the body of the `for (` ends in whose parentheses `at` stands."""
    depth = 1
    while at < len(text) and depth:
        depth += (text[at] == "(") - (text[at] == ")")
        at += 1
    body = re.compile(r"\s*\{").match(text, at)
    if body:
        return end_of_block(text, body.end())
    depth = 0
    for i in range(at, len(text)):
        depth += (text[i] in "{(") - (text[i] in "})")
        if text[i] == ";" and depth == 0:
            return i
    return len(text)


def captured_bindings(text):
    """[(line of the lambda, name)]. A look at words, not at scopes: a lambda's own name of the same spelling is taken for the binding."""
    found = []
    text = re.sub(r'"(?:[^"\\\n]|\\.)*"', '""', text)
    for binding in BINDING.finditer(text):
        in_loop = re.search(r"for \((?:const )?$", text[:binding.start()])
        end = (end_of_loop if in_loop else end_of_block)(text, binding.end())
        for each in LAMBDA.finditer(text, binding.end(), end):
            inside = text[each.end():end_of_block(text, each.end())]
            for name in re.findall(r"\w+", binding.group(1)):
                anew = re.search(rf"\b{name}\s*=", each.group(1)) or re.search(rf"\b{name}\b", each.group(2) or "")
                listed = re.search(rf"(?:^|[\s,&]){name}\s*(?:,|$)", re.sub(r"=[^,]*", "=", each.group(1)))
                if not anew and (listed or re.search(rf"(?<![.\w>]){name}\b", inside)):
                    found.append((text.count("\n", 0, each.start()) + 1, name))
    return sorted(set(found))
