"""The commands: run, test, check, bench, conformance, drill."""

import argparse
import os
import signal

from launch import benchmarking, checking, conformance, drilling, running, testing
from launch.postgres import PostgresError
from launch.processes import die_with_parent
from launch.terminal import StepFailed, fail


def main() -> int:
    if "MAKELEVEL" in os.environ:
        die_with_parent(signal.SIGTERM)  # who ends `make run` means the registry
    known, rest = parser().parse_known_args()
    if rest and known.command not in ("test", "bench", "conformance", "drill"):
        parser().error(f"unknown argument {rest[0]}")
    try:
        if known.command == "run":
            return running.run(empty=known.empty, port=known.port)
        if known.command == "test":
            return testing.test(rest)
        if known.command == "bench":
            return benchmarking.bench(rest)
        if known.command == "conformance":
            return conformance.compare(rest)
        if known.command == "drill":
            return drilling.drill(rest)
        return checking.check()
    except (StepFailed, PostgresError, PermissionError, LookupError) as error:
        return fail(str(error))
    except KeyboardInterrupt:
        return fail("Stopped.")


def parser() -> argparse.ArgumentParser:
    root = argparse.ArgumentParser(prog="python3 -m launch")
    commands = root.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="start the registry on this machine")
    run.add_argument("--empty", action="store_true", help="an empty registry instead of the demonstration")
    run.add_argument("--port", type=int, default=8000, help="port of the web server on 127.0.0.1")
    commands.add_parser("test", help="run all tests; further arguments go to pytest", add_help=False)
    commands.add_parser("check", help="run the static checks")
    commands.add_parser(
        "bench",
        help="measure the estimators beside R; `bench pages` the web pages, `bench exports` the exports",
        add_help=False,
    )
    commands.add_parser("drill", help="kill workers, schedulers and the broker again and again", add_help=False)
    commands.add_parser("conformance", help="compare every estimator with R", add_help=False)
    return root
