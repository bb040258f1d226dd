"""Times Jinja2 or YAQL on the templates of a file and prints, as JSON, microseconds for each.

Exit code 3: the library is not installed.
"""

import json
import statistics
import sys
import time

RUNS = 5
LONG_ENOUGH = 0.05
ABSENT = 3


def seconds(work, times):
    began = time.perf_counter()
    for _ in range(times):
        work()
    return time.perf_counter() - began


def microseconds(work):
    times = 1
    while seconds(work, times) < LONG_ENOUGH:
        times *= 2
    return statistics.median(seconds(work, times) * 1e6 / times for _ in range(RUNS))


def jinja2_figures(sources, variables):
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    # Without its cache of compiled templates: from_string has none.
    environment = SandboxedEnvironment(undefined=StrictUndefined)
    for source in sources:
        template = environment.from_string(source)
        yield {
            "result": template.render(variables),
            "compile": microseconds(lambda: environment.from_string(source)),
            "render": microseconds(lambda: template.render(variables)),
        }


def yaql_figures(sources, variables):
    import yaql
    from yaql.language import factory

    # As workflows use it, and at its best: engine, expression and context are prepared.
    options = {"yaql.limitIterators": 10000, "yaql.convertSetsToLists": True}
    engine = factory.YaqlFactory().create(options=options)
    context = yaql.create_context().create_child_context()
    context.register_function(lambda: variables, name="ctx")
    for source in sources:
        expression = engine(source)
        yield {
            "result": expression.evaluate(context=context),
            "compile": microseconds(lambda: engine(source)),
            "render": microseconds(lambda: expression.evaluate(context=context)),
        }


LANGUAGES = {"jinja2": jinja2_figures, "yaql": yaql_figures}


def main():
    with open(sys.argv[2], encoding="utf-8") as file:
        given = json.load(file)
    try:
        found = list(LANGUAGES[sys.argv[1]](given["templates"], given["variables"]))
    except ImportError as error:
        print(error, file=sys.stderr)
        sys.exit(ABSENT)
    print(json.dumps(found))


main()
